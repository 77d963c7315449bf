"""Every text of the interface is said in every language, completely."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from qa.locale.translator import ENGLISH, FOLDER, languages, translator
from qa.locale.update import ROOT, extracted, keywords

CATALOGUES = sorted(FOLDER.glob("*.po"))
EXTRACTED = extracted()


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.stem)


def forms(texts: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def holes(text: str) -> list[tuple[str, str | None, str | None]]:
    return sorted((name, spec, how) for _, name, spec, how in Formatter().parse(text) if name)


def messages(path: Path) -> Iterator[Message]:
    return (message for message in read(path) if message.id)


def test_texts_are_found_in_code_and_templates() -> None:
    found = {forms(message.id)[0] for message in EXTRACTED if message.id}
    assert {"Filter", "Word of the question", "Slices", "{count} other"} <= found
    assert "the question is empty; ask one in French or English" in found


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_the_texts_of_the_code_and_no_others(path: Path) -> None:
    catalogue = read(path)
    known = {message.id for message in messages(path)}
    assert known == {message.id for message in EXTRACTED if message.id}
    assert not catalogue.obsolete
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_is_translated_with_its_values(path: Path) -> None:
    plurals = read(path).num_plurals
    for message in messages(path):
        said = forms(message.string)
        assert len(said) == (plurals if message.pluralizable else 1), message.id
        for text in said:
            assert text, message.id
            assert holes(text) == holes(forms(message.id)[-1]), message.id


def test_french_signs_never_begin_a_line() -> None:
    said = [text for message in messages(FOLDER / "fr.po") for text in forms(message.string)]
    # What an answer says of its abstention is older than the rule, and is compared word for word.
    own = re.compile("^(Aucun passage pour|Les documents ne répondent pas)")
    assert not [text for text in said if re.search(r"[ ][:;?!»]", text) and not own.match(text)]


def test_english_signs_follow_their_word() -> None:
    said = [text for message in EXTRACTED for text in forms(message.id)]
    assert not [text for text in said if re.search(r"[\s\u00a0][:;?!](?![\w.])", text)]


def test_errors_are_texts_with_values() -> None:
    """An f-string would never be found in a catalogue."""
    paths = [*ROOT.glob("qa/**/*.py"), *ROOT.glob("evaluation/**/*.py")]
    known = keywords(paths)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in known:
                assert not any(isinstance(one, ast.JoinedStr) for one in node.args[:1]), path


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_a_language_is_a_file() -> None:
    assert languages() == (*(path.stem for path in CATALOGUES), "en")
    assert translator("xx") is ENGLISH


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_what_a_catalogue_has_is_said(path: Path) -> None:
    tr = translator(path.stem)
    for message in messages(path):
        assert tr(forms(message.id)[0]) == forms(message.string)[0]


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 0, "0 others"),
        ("en", 1, "1 other"),
        ("en", 2, "2 others"),
        ("fr", 0, "0 autre"),
        ("fr", 1, "1 autre"),
        ("fr", 2, "2 autres"),
    ],
)
def test_plurals_follow_the_language(language: str, count: int, expected: str) -> None:
    assert translator(language).ngettext("{count} other", "{count} others", count) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "76%"), ("fr", "76\u00a0%")])
def test_shares_are_written_as_the_language_does(language: str, expected: str) -> None:
    assert translator(language).percent(0.76) == expected


def test_braces_of_values_are_left_alone() -> None:
    assert ENGLISH("Evaluation: {name}", name="{x}") == "Evaluation: {x}"
