"""Inline wikitext as strings: quotes, captions, and what a parser has to leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.models import Span

# Noncharacters, which decoding keeps out of every text: a line break inside a block, the two ends
# of a caption inside a line, and characters that are text and not markup.
BREAK = "\ufdd0"
CAPTION_START = "\ufdd1"
CAPTION_END = "\ufdd2"
_PROTECTED = str.maketrans("'[]<", "\ufdd3\ufdd4\ufdd5\ufdd6")
_UNPROTECTED = {after: before for before, after in _PROTECTED.items()}

_MEDIA_OPTION = re.compile(
    r"(?:thumb(?:nail)?|vignette|mini(?:ature)?|frame(?:d|less)?|cadre|sans_cadre|none|left|right"
    r"|center|centre|centré|gauche|droite|néant|border|bordure|upright.*"
    r"|(?:alt|link|lien|page|lang|class)\s*=.*|\d*(?:x\d+)?\s*px)",
    re.IGNORECASE | re.DOTALL,
)
_ORPHAN_TAG = re.compile(
    r"</?(?:nowiki|br|references|ref|gallery|blockquote|table|tbody|t[rdh]|li|[uo]l|p|div|center|"
    r"sup|sub|small|big|span|font|ins|del|[bisu])(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
# The parser leaves `<Daily</nowiki>` alone: the opening tag lost its name, not its bracket.
_ORPHAN_NOWIKI = re.compile(r"<([^<>]{1,300})</nowiki>")
_ORPHAN_LINK = re.compile(
    r"\[\[(?:[^\[\]\n]{0,300}\|)?([^\[\]\n|]{1,300})\]?"  # One of the closing brackets is missing,
    r"|\[[^\[\]\n]{1,300}\|([^\[\]\n|]{1,300})\]{1,2}"  # one of the opening ones,
    r"|\|([^\[\]\n|]{1,100})\]\]"  # both of them.
)
_MAGIC_WORD = re.compile(r"__[A-Z]{3,}__")
_QUOTES = re.compile(r"'{2,}")
_PIPE_TOKEN = re.compile(r"\[\[|\]\]|\{\{|\}\}|\|")
_ELISION_RUN = 4
_ELIDED = re.compile(r"(?<![^\W\d_])(?:[cdjlmnst]|(?:jus|lors|puis|quel|quoi)?qu)\Z", re.IGNORECASE)
_MAX_UNCLOSED = 80


def protect(text: str) -> str:
    """Keep a text from being read as markup until its quotes are stripped."""
    return text.translate(_PROTECTED)


def strip_quotes(text: str) -> tuple[str, list[Span]]:
    """Remove the runs of `''` from a text; return it with the spans that they enclosed.

    The quotes of real pages are seldom balanced, so where a run stands decides whether it opens or
    closes, not how long it is. An unclosed run counts when what follows is short.
    """
    parts: list[str] = []
    spans: list[Span] = []
    length, last, opened = 0, 0, -1
    runs = list(_QUOTES.finditer(text))
    for run in runs:
        before, after = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        part = text[last : run.start()]
        if opened < 0 and after.isalpha() and _is_elision(text, run, runs):
            part += "'"  # The apostrophe of an elision before bold text is one of the run.
        parts.append(part)
        length += len(part)
        last = run.end()
        opens = bool(after) and not after.isspace() and not before.isalnum()
        closes = bool(before) and not before.isspace() and not after.isalnum()
        if opened >= 0:
            spans.append((opened, length))
            opened = length if opens and not closes else -1
        elif after and (opens or not closes):
            opened = length
    parts.append(text[last:])
    length += len(text) - last
    if 0 <= opened < length <= opened + _MAX_UNCLOSED:
        spans.append((opened, length))
    clean = "".join(parts).translate(_UNPROTECTED)
    return clean, [span for span in spans if clean[span[0] : span[1]].strip()]


def _is_elision(text: str, run: re.Match[str], runs: list[re.Match[str]]) -> bool:
    """Whether the first quote of a run is an apostrophe, `l''''HTA'''` or `d'''anémie''`.

    Three quotes are that where bold and italics would not both be closed otherwise.
    """
    before = text[max(run.start() - 1, 0) : run.start()]
    if len(run[0]) == _ELISION_RUN:
        return before.isalpha()
    if not _ELIDED.search(text[max(run.start() - 12, 0) : run.start()]):
        return False
    if len(run[0]) != 3:
        return len(run[0]) == _ELISION_RUN + 2
    lengths = [len(one[0]) for one in runs]
    both = lengths.count(5)
    return (lengths.count(3) + both) % 2 == 1 and (lengths.count(2) + both) % 2 == 1


def repair(text: str) -> str:
    """Remove tags and brackets that a parser leaves because their pair is missing."""
    if "<" in text:
        text = _ORPHAN_TAG.sub("", _ORPHAN_NOWIKI.sub(r"\1", text))
    if "[" in text or "]]" in text:
        text = _ORPHAN_LINK.sub(lambda link: link[1] or link[2] or f" {link[3]}", text)
        text = text.replace("[[", "").replace("]]", "")
    return _MAGIC_WORD.sub("", text) if "__" in text else text


def media_caption(options: Iterable[str]) -> str:
    """Return the caption among the options of a picture; empty without one."""
    said = (option.strip() for option in options)
    captions = [one for one in said if one and not _MEDIA_OPTION.fullmatch(one)]
    return captions[-1] if captions else ""


def split_pipes(text: str) -> list[str]:
    """Split at the `|` that are outside links and templates."""
    parts: list[str] = []
    depth = last = 0
    for token in _PIPE_TOKEN.finditer(text):
        if token[0] == "|" and depth == 0:
            parts.append(text[last : token.start()])
            last = token.end()
        elif token[0] != "|":
            depth = max(0, depth + (1 if token[0] in ("[[", "{{") else -1))
    return [*parts, text[last:]]
