"""TOML of others: what is valid and still beyond the interpreter is an error like any other."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

# Each dot makes a table within a table, and a parser remembers the way to each of them.
_DEEP: Final = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}")


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a text; raises `ValueError` for what is no TOML, too long or too deep."""
    if _DEEP.search(text):
        raise ValueError("a key has more than 50 parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
