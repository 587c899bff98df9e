"""Coded vocabularies: each code with its label, its definition and its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary.

    Attributes:
        code: As entries carry it.
        label: As people are shown it.
        definition: What it means, in one line.
        source: Whose word it is.
    """

    code: str
    label: str
    definition: str
    source: str


@cache
def read_codes(name: str) -> Mapping[str, Term]:
    """Read one vocabulary of the codebook, in its order.

    Args:
        name: Of its file, such as `reliability`.

    Source:
        The glossary, section on coded vocabularies, names each file.
    """
    text = files(__package__).joinpath("codebook", f"{name}.toml").read_text("utf-8")
    return MappingProxyType(
        {
            code: Term(code, term["label"], term["definition"], term["source"])
            for code, term in tomllib.loads(text).items()
        }
    )
