"""Templates of wikis whose words a reader sees, by what they do with their parameters.

A template is a program that is not at hand. Of those that many wikis have, what they show is known;
of another, words that can only be text are kept, and where they were in a sentence but are not
known, a mark stands for them, so that the sentence is not shown as if it were whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qa.reading.superscripts import raised
from qa.reading.wiki_shows import BLOCKS, SHOW, SIGNS, first

GAP: Final = "[…]"
"""What stands for words of a template that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a template shows; `is_block` where it stands apart from the text around."""

    text: str
    is_block: bool = False
    is_known: bool = True


_SILENT: Final = re.compile(
    r"(?:ref|refs|réf|réfs|refn|sfn|sfnp|efn|harv|harvsp|note_ref"
    r"|références?|references?|reflist|notes|portail.*|portal.*|palette.*|navbox.*|ébauche|stub|.*_stub"
    r"|taxobox.*|voir.*|see.*|main|article.*|confusion|homonymie|about|autre.*|for"
    r"|citation_needed|cn|fact|clarify|when|who|which|by_whom|source.*|à_sourcer|à_vérifier.*"
    r"|ouvrage|lien_web|cite.*|chapitre|doi|isbn|pmid|issn|commons.*|autorité|authority_control"
    r"|defaultsort|clé_de_tri|hatnote|use_.*|short_description|clear|clr|-|saut|br|ancre|anchor"
    r"|début.*|fin.*|.*_début|.*_fin|.*_begin|.*_end|.*_top|.*_bottom|div_col_end|colbegin|colend|col-.*|top|bottom"
    r"|protection.*|pp-.*|coord|toc.*|sommaire.*|unreferenced|orphan|redirect.*|#.*|\(\(|\)\))",
    re.DOTALL,
)
_LANGUAGE: Final = re.compile(r"lang-\w\w")
_MIN_PROSE: Final = 5
_CHEMICAL: Final = re.compile(r"(?=\D{1,20}\d)(?:[A-Z][a-z]?\d{0,2}){1,8}[+-]?")
_ORDINAL: Final = re.compile(
    r"(?:\d{1,4}|[IVXLC]{1,8})(?:er|re|ère|e|è?me|nde?|st|nd|rd|th)(?:[ \u00a0].{1,40})?"
)
_CHARGE: Final = re.compile(r"\d{0,2}[+−]|\d{1,2}-")
"""`{{CO2}}`, `{{XXe siècle}}` and `{{2+}}` show their names."""


def shown_by(
    name: str, own: Sequence[str], named: Mapping[str, str], *, in_sentence: bool
) -> Shown:
    """What a template shows, in wikitext; empty where it shows nothing that is text."""
    name = name.strip()
    # `{{unité/2|…}}` is one more way to write `{{unité|…}}`.
    key = re.sub(r"[\s_]+", "_", re.sub(r"/\d\Z", "", name.casefold()))
    function, _, argument = key.partition(":")
    if function == "formatnum" and argument:
        return Shown(text=argument)
    is_box = key.startswith("infobox")
    if show := SHOW.get("infobox" if is_box else key, first if _LANGUAGE.match(key) else None):
        return Shown(text=show(own, named), is_block=show in BLOCKS)
    if key in SIGNS:
        return Shown(text=first(own, named) or SIGNS[key])
    if not own and not named:
        if len(name) == 1 and not name.isalnum() and not _SILENT.fullmatch(key):
            return Shown(text=name)  # An apostrophe, a comma.
        if _CHEMICAL.fullmatch(name) or _ORDINAL.fullmatch(name):
            return Shown(text=name)
        if _CHARGE.fullmatch(name):
            return Shown(text=raised(name))
    if _SILENT.fullmatch(key):
        return Shown(text="")
    prose = [one for one in (*own, *named.values()) if len(one.split()) >= _MIN_PROSE]
    if in_sentence:
        is_style = len(own) == 1 and not named and any(map(str.isalpha, own[0]))
        return Shown(text=own[0] if is_style else GAP, is_known=is_style)
    return Shown(text="\n\n".join(prose), is_block=True, is_known=not (own or named) or bool(prose))
