"""What a check has shown and what it has not, in plain words."""

from __future__ import annotations

from vigens.journal.proof import SignedHead

#: How it is said that nobody knows a key.
WHOSE = "Whose key signed"

#: What no check of a file can show, whatever is in it.
NOT_SHOWN = {
    "bundle": [
        "Whether what is recorded is true: only that it was recorded so.",
        (
            "Whether the entries were recorded at the times they bear: only that they were "
            "there when the head was signed."
        ),
        "What the journal holds beyond these logs, and whether it holds anything.",
        "Whether the logs went on since: ask for a newer head.",
        "Whether others were shown the same log: compare heads with theirs (--since).",
    ],
    "receipt": [
        (
            "What else the log holds, and whether it was shown to others in the same form: "
            "compare heads (--since)."
        ),
        "Whether what is recorded is true: only that it was recorded so.",
        (
            "Whether the entry was recorded at the time it bears: only that it was there "
            "when the head was signed."
        ),
    ],
    "opening": [
        "Whether the offer was meant, or is still: only that it is the one.",
    ],
    "head": [
        "What the log holds: a head stands for it and shows nothing of it.",
        "Whether others were shown the same head: compare it with theirs (--since).",
    ],
}


def day(moment: str) -> str:
    """Give the day and minute of a moment, UTC."""
    return f"{moment[:10]} {moment[11:16]} UTC"


def whole(head: SignedHead, n_redacted: int) -> str:
    """Say that a log is here whole."""
    text = (
        f'The log "{head.log}" is here whole: the {head.size} entries that were signed '
        f"for on {day(head.moment)}, none changed, none left out, none added"
    )
    if n_redacted:
        were = "was" if n_redacted == 1 else "were"
        text += f"; {n_redacted} of them {were} redacted, and the facts are here"
    return text + "."


def grown(old: SignedHead, new: SignedHead) -> str:
    """Say that one head is the past of the other."""
    if old.size == new.size:
        return f'The log "{new.log}" is as it was on {day(old.moment)}.'
    if old.size > new.size:
        return (
            f'The log "{new.log}" here is the beginning of the one of '
            f"{day(old.moment)}, which has {old.size - new.size} more."
        )
    return (
        f'The log "{new.log}" grew from {old.size} to {new.size} entries since '
        f"{day(old.moment)}; nothing before was changed or taken away."
    )


def key_words(key: str, name: str | None, *, is_reached: bool) -> str:
    """Say whose key signed."""
    if name is not None:
        return f"The key {key[:12]} signed, which is trusted as {name}."
    if is_reached:
        return f"The key {key[:12]} signed, to which a trusted key handed over."
    return (
        f"{WHOSE}: its fingerprint is {key}; compare it with what its owner "
        "published, and name it in a file of trusted keys (--trust)."
    )
