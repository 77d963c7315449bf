"""Text of documents and users inside Streamlit labels, which are Markdown."""

from __future__ import annotations

import re
from typing import Final

_JOINER: Final = "\u2060"
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+!~$<>|^])")
_FOUND_LATER = re.compile(
    r"(?<=[-<>=~])(?=[-<>=~])|(?<=[:@])|(?=[:@])|(?<=www)(?=\.)", re.IGNORECASE
)
"""Where shortcodes, directives, arrows and bare addresses are told by, even behind back-slashes."""


def plain_label(text: str, longest: int = 80) -> str:
    """A label that shows `text` as it is, cut at a word after `longest` characters.

    Back-slashes keep Markdown literal; a word joiner, which has no width, keeps the rest apart.
    """
    flat = " ".join(text.split())
    if len(flat) > longest:
        flat = flat[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return _PUNCTUATION.sub(r"\\\1", _FOUND_LATER.sub(_JOINER, flat))
