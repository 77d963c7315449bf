"""Raised digits: 10<sup>9</sup> without its exponent would be another number."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_EXPONENT = re.compile(r"[+\-−]?[\dn]+|[\dn]*[+\-−]")


def raised(text: str) -> str:
    """Return the superscript of an exponent or a charge; other text stays as it is."""
    inner = text.strip()
    return inner.translate(_RAISED) if _EXPONENT.fullmatch(inner) else text
