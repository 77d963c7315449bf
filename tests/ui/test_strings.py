"""Both languages say the same things."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from string import Formatter
from typing import Any, get_args

import pytest
from qa.ui.coverage_strings import COVERAGE
from qa.ui.strings import ENGLISH, FRENCH, INTERFACES, Strings

from qa.models import Via
from qa.settings import Caution
from qa.ui import coverage_strings

NAMES = [field.name for field in fields(Strings)]


def holes(value: Any) -> list[str]:
    texts = value.values() if isinstance(value, dict) else value
    whole = value if isinstance(value, str) else " ".join(texts)
    return sorted(name for _, name, _, _ in Formatter().parse(whole) if name)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_holes(name: str) -> None:
    french, english = asdict(FRENCH)[name], asdict(ENGLISH)[name]
    assert holes(french) == holes(english)
    assert type(french) is type(english)


@pytest.mark.parametrize("words", INTERFACES.values(), ids=INTERFACES)
def test_every_way_and_caution_has_a_name(words: Strings) -> None:
    assert set(words.vias) == set(get_args(Via))
    assert set(words.cautions) == set(words.caution_helps) == set(get_args(Caution))
    assert all(asdict(words).values())


@pytest.mark.parametrize("words", [FRENCH, coverage_strings.FRENCH], ids=["all", "coverage"])
def test_french_signs_never_begin_a_line(words: Any) -> None:
    assert not re.findall(r".{0,20}[ ][:;?!»].{0,9}", repr(asdict(words)).replace("': ", ""))


@pytest.mark.parametrize("words", [ENGLISH, coverage_strings.ENGLISH], ids=["all", "coverage"])
def test_english_signs_follow_their_word(words: Any) -> None:
    assert not re.findall(r"[\s\u00a0][:;?!]", " ".join(str(one) for one in asdict(words).values()))


def test_labels_are_joined_as_the_language_wants() -> None:
    assert COVERAGE["en"].open_one.format(title="Title") == "Read in the document: Title"
    assert COVERAGE["fr"].open_one.format(title="Titre") == "Lire dans le document\u00a0: Titre"
    assert INTERFACES["en"].labelled.format(label="Caution", value="open") == "Caution: open"
