"""A reader over the tokens of one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, VigensError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.base import Span
    from vigens.lang.lexer import Token


class UnreadableError(VigensError):
    """A clause cannot be read on; it carries the finding and never leaves `lang`."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(finding.message, finding.spans[0].where, finding.mend)
        self.finding = finding


class Cursor:
    """Walk over tokens, with one place to point at when they run out."""

    def __init__(self, tokens: tuple[Token, ...], end: Span) -> None:
        """Start before the first token; `end` is shown where they run out."""
        self._tokens = tokens
        self._at = 0
        self._end = end

    @property
    def next(self) -> Token | None:
        """Look at the next token without taking it."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    @property
    def span(self) -> Span:
        """Give the place of the next token, or of the clause where none is left."""
        return self.next.span if self.next else self._end

    def ahead(self, steps: int) -> Token | None:
        """Look at a token further on without taking anything."""
        at = self._at + steps
        return self._tokens[at] if at < len(self._tokens) else None

    def looks_at(self, *words: str) -> bool:
        """Say whether the next tokens are these words."""
        tokens = self._tokens
        for at, word in enumerate(words, start=self._at):
            if at >= len(tokens):
                return False
            token = tokens[at]
            if token.text != word or token.kind == "string":
                return False
        return True

    def take(self, *words: str) -> bool:
        """Take these words if they come next."""
        if self.looks_at(*words):
            self._at += len(words)
            return True
        return False

    def take_kind(self, *kinds: str) -> Token | None:
        """Take the next token if it is of one of these kinds."""
        token = self.next
        if token is not None and token.kind in kinds:
            self._at += 1
            return token
        return None

    def need(
        self,
        kind: str,
        what: str,
        mend: str,
        fits: Callable[[str], bool] = lambda _: True,
    ) -> Token:
        """Take a token of a kind, whose text fits, or stop reading the clause."""
        if self.next is None or not fits(self.next.text):
            raise self.stop(what, mend)
        token = self.take_kind(kind)
        if token is None:
            raise self.stop(what, mend)
        return token

    def need_words(self, words: str, mend: str) -> None:
        """Take words, or stop reading the clause at the first that is missing."""
        for word in words.split():
            if not self.take(word):
                raise self.stop(f'"{word}"', mend)

    def need_end(self, mend: str) -> None:
        """Make sure that nothing is left over."""
        if self.next is not None:
            raise self.stop("the end of the clause", mend)

    def stop(self, expected: str, mend: str) -> UnreadableError:
        """Build the finding for what was expected here."""
        found = f'"{self.next.text}"' if self.next else "nothing more"
        return self.refuse("P003", f"expected {expected}, found {found}", mend)

    def refuse(self, code: str, message: str, mend: str) -> UnreadableError:
        """Build the finding for what may not stand here."""
        return UnreadableError(
            Finding(code, Severity.ERROR, message, (self.span,), mend)
        )
