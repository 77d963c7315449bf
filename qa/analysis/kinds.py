"""What medicines are, by a table and by texts that say `TNF inhibitors (infliximab, adalimumab)`.

Texts say it in the patterns of Hearst (Automatic acquisition of hyponyms from large text corpora,
COLING 1992), and in items and rows that give a kind and its members. Names of medicines are told
by their endings, so that what a medicine causes or treats is not taken for a kind of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from typing import Final

from qa.analysis.lexicon import Entry, Pair, compiled, kind_entries, table_lines
from qa.analysis.meanings import Phrase, phrase_cell, phrase_of
from qa.analysis.names import ends_as
from qa.analysis.words import analyser, fold
from qa.models import LANGUAGES, Language

_TABLE: Final = "kinds.txt"
_BRACKET: Final = re.compile(r"\(([^()\n]{5,200})\)")
_SUCH_AS: Final = re.compile(
    r",? (?:such as|tel(?:le)?s? que|comme) (?:les? |la |l['’])?([^().;:\n]{5,200})"
)
_INTRODUCING: Final = (" such as", " tel", " comme")
"""One of them is in whatever `_SUCH_AS` finds."""
_ITEM: Final = re.compile(
    r"^[-*• ]{0,4}([^:|().;\n]{3,60})(?:\([^()\n]{1,20}\) ?)?:([^;.|\n]{5,200})", re.MULTILINE
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_EXAMPLE: Final = re.compile(r"(?:e\.g\.,?|ex\.? ?:|par exemple|such as|comme) ")
_BETWEEN: Final = re.compile(r",? (?:et|ou|and|or) |, ?")
_LOOK_BACK: Final = 60
"""Characters before a bracket in which the kind is looked for."""
_MOST_WORDS: Final = 3
"""Of a kind; and of a name, one less."""


@cache
def built_in_kinds() -> tuple[Entry, ...]:
    """From every medicine of the table to what it is one of."""
    pairs = (line.split("\t") for line in compiled("kinds"))
    return tuple(Entry(*phrase_of(name), *phrase_of(kind), "kind") for name, kind in pairs)


def kind_lines() -> Iterator[str]:
    """The entries of the table, as they are compiled: `fr:term<TAB>en:term term`."""
    for names, language, kinds in _table():
        for name, kind in product(names, kinds):
            for entry in kind_entries(name, kind, language):
                source = Phrase(entry.language, entry.source)
                target = Phrase(entry.target_language, entry.target)
                yield f"{phrase_cell(source)}\t{phrase_cell(target)}"


def _table() -> Iterator[tuple[list[str], Language, list[str]]]:
    """The names of some medicines, and what they are in a language."""
    for line in table_lines(_TABLE):
        *kinds, members = line.split("\t")
        names = [name.strip() for name in re.split("[,/]", members)]
        for language, some in zip(LANGUAGES, kinds, strict=True):
            yield names, language, [kind.strip() for kind in some.split(",")]


def find_kinds(text: str, language: Language) -> Iterator[Pair]:
    """The medicines that a text gives as examples of something, each with what it is one of."""
    # What is looked for at every character is slow, and few texts have anything for it.
    examples = _SUCH_AS.finditer(text) if any(word in text for word in _INTRODUCING) else ()
    for match in chain(_BRACKET.finditer(text), examples):
        members = _medicines(match[1], language)
        # One alone is as often what causes or treats the thing before it.
        if len(members) > 1:
            before = text[max(match.start() - _LOOK_BACK, 0) : match.start()]
            yield from _of_kind(_last_phrase(before, language), members)
    for match in _ITEM.finditer(text) if ":" in text else ():
        members = _medicines(match[2], language)
        if len(members) > 1:
            yield from _of_kind(match[1], members)
    for line in text.splitlines() if "|" in text else ():
        first, *others = line.split("|")
        for cell in others:
            yield from _of_kind(re.split(r"[,(]", first)[0], _medicines(cell, language))


def _medicines(text: str, language: Language) -> list[str]:
    """The members of an enumeration of nothing but names of medicines; none of any other text."""
    parts = _BETWEEN.split(_EXAMPLE.sub("", text.strip()))
    members = []
    for part in parts:
        words = _WORD.findall(part)
        if not 0 < len(words) < _MOST_WORDS or " ".join(words) != part.strip():
            return []
        if not any(ends_as("medicine", fold(word), language) for word in words):
            return []
        members.append(part.strip())
    return members


def _last_phrase(text: str, language: Language) -> str:
    """The last words of a text, from the last little word or mark on."""
    words: list[str] = []
    end = len(text.rstrip())
    for match in reversed(list(_WORD.finditer(text))):
        if text[match.end() : end].strip() or analyser(language).is_stopword(match[0]):
            break
        words.insert(0, match[0])
        end = match.start()
    return " ".join(words)


def _of_kind(kind: str, members: list[str]) -> Iterator[Pair]:
    words = _WORD.findall(kind) if members else []
    if 0 < len(words) <= _MOST_WORDS:
        name = " ".join(words)
        # A table of syllables says of `-umab` that adalimumab has it; BRAF is no syllable.
        is_part = name.islower()
        yield from (Pair(m, name) for m in members if not (is_part and fold(name) in fold(m)))
