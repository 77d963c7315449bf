"""Both languages say the same things."""

from __future__ import annotations

from dataclasses import asdict, fields
from string import Formatter
from typing import Any, get_args

import pytest

from qa.models import Via
from qa.settings import Caution
from qa.ui.strings import ENGLISH, FRENCH, INTERFACES, Strings

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
