"""Markup that is never closed: found by counting, because a parser pays for it by the page.

Each opener without its end makes the parser read the rest of the page once more. Where that would
come to too much, the page is read line by line instead, with its markup taken for noise.
"""

from __future__ import annotations

import re
from collections import Counter

_MOST_WORK = 3_000_000
"""Characters that a parser may read again: some tenths of a second."""
_TOKEN = re.compile(
    r"\{\{|\}\}|\[\[|\]\]|\[(?=\w{2,20}:)|\]|\{\||\|\}|<!--|-->"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*(?P<close>>?)"
)
_CLOSERS = {"}}": "{{", "]]": "[[", "]": "[", "|}": "{|", "-->": "<!--"}
_SINGLE = frozenset(
    {"br", "hr", "wbr", "img", "link", "meta", "li", "dt", "dd", "td", "th", "tr", "p"}
)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_NOISE = re.compile(r"<!--|-->|\{\{+|\}\}+|</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>\n]{0,300})?/?>")
# Each run of equal signs may end a heading: the parser calls itself for it, until it crashes.
_ENDLESS_HEADING = re.compile(r"^=(?:[^=\n]*+=++){200}", re.MULTILINE)
_LONG_LIST_MARK = re.compile(r"^([*#:;]{5})[*#:;]+([*#:;])", re.MULTILINE)


def is_broken(text: str) -> bool:
    """Whether so much is left open, in so long a text, that parsing it would take too long."""
    return len(text) * _unclosed(text) > _MOST_WORK or _ENDLESS_HEADING.search(text) is not None


def without_noise(text: str) -> tuple[str, list[str]]:
    """Return a broken text without braces, tags and comments, and the comments."""
    comments: list[str] = []
    if "-->" in text:
        # What is opened behind the last end of a comment is noise as well.
        end = text.rindex("-->") + 3
        comments = _COMMENT.findall(text, 0, end)
        text = _COMMENT.sub("", text[:end]) + text[end:]
    return _NOISE.sub(" ", text), comments


def shorten_list_marks(text: str) -> str:
    """Cut list marks to the six that make a difference: the parser builds a node for each."""
    return _LONG_LIST_MARK.sub(r"\1\2", text)


def _unclosed(text: str) -> int:
    """Return how many openers have no closer behind them, kind by kind."""
    opened: Counter[str] = Counter()
    half_tags = 0
    for token in _TOKEN.finditer(text):
        if token["name"]:
            name = token["name"].lower()
            if not token["close"]:
                half_tags += 1
            elif name not in _SINGLE and not token[0].endswith("/>"):
                opened[name] = max(opened[name] + (-1 if token["end"] else 1), 0)
        elif token[0] in _CLOSERS:
            opener = _CLOSERS[token[0]]
            opened[opener] = max(opened[opener] - 1, 0)
        else:
            opened[token[0]] += 1
    return opened.total() + half_tags
