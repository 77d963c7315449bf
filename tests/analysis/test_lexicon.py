"""Glossary and acronym files to entries: what is read, what is refused, both directions."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

import qa
from qa.analysis.compiling import write_compiled
from qa.analysis.lexicon import (
    ACRONYM_FILE,
    COMPILED,
    DATA,
    GLOSSARY_FILE,
    Entry,
    Pair,
    acronym_entries,
    built_in_entries,
    built_in_pairs,
    built_in_terms,
    built_in_words,
    glossary_entries,
    project_entries,
    read_pairs,
)
from qa.errors import ManifestError
from qa.models import Language

GLOSSARY = Path(qa.__file__).parent / "analysis" / DATA


def members_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "foie\tliver\nrein\tkidney\n",
        "foie\tliver\r\nrein\tkidney",
        "\ufefffoie\tliver\nrein\tkidney\n",
        "# organs\n\n foie \t liver \n\t\nrein\tkidney\n",
    ],
)
def test_pairs_are_read(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "pairs.tsv", text)
    assert read_pairs(path) == (Pair("foie", "liver"), Pair("rein", "kidney"))


@pytest.mark.parametrize("line", ["foie liver", "foie\tliver\thepatic", "foie\t", "\tliver"])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, "pairs.tsv", f"# organs\nrein\tkidney\n{line}\n")
    message = re.escape(f"{path}, line 3: expected two entries separated by one tab")
    with pytest.raises(ManifestError, match=message):
        read_pairs(path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("œdème\toedema".encode("utf-16"))
    with pytest.raises(ManifestError, match=re.escape(f"{path}: ") + ".*expected a UTF-8"):
        read_pairs(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=re.escape(str(tmp_path / "none.tsv"))):
        read_pairs(tmp_path / "none.tsv")


def test_a_pair_translates_in_both_directions() -> None:
    assert set(glossary_entries([Pair("moelle osseuse", "bone marrow")])) == {
        Entry("fr", ("moel", "osseux"), "en", ("bone", "marrow"), "glossary"),
        Entry("en", ("bone", "marrow"), "fr", ("moel", "osseux"), "glossary"),
    }


@pytest.mark.parametrize(
    ("pair", "kept"),
    [
        (Pair("trisomie 21", "down syndrome"), False),
        (Pair("couché", "lying down"), False),
        (Pair("peau", "the skin"), True),
        (Pair("la peau", "skin"), True),
        (Pair("arrêt", "off"), True),
    ],
)
def test_an_entry_that_loses_what_it_is_about_is_left_out(pair: Pair, kept: bool) -> None:
    assert bool(list(glossary_entries([pair]))) is kept


def test_an_acronym_and_its_expansion_stand_for_each_other() -> None:
    assert set(acronym_entries("CRS", "cytokine release syndrome", "en")) == {
        Entry("en", ("crs",), "en", ("cytokin", "releas", "syndrom"), "acronym"),
        Entry("en", ("cytokin", "releas", "syndrom"), "en", ("crs",), "acronym"),
    }


@pytest.mark.parametrize(("short", "long"), [("CRS", "crs"), ("CRS", "the"), ("?", "a word")])
def test_what_says_nothing_new_is_no_acronym(short: str, long: str) -> None:
    assert list(acronym_entries(short, long, "en")) == []


def test_a_folder_has_the_entries_of_its_files(tmp_path: Path) -> None:
    assert list(project_entries(tmp_path)) == []
    write(tmp_path, GLOSSARY_FILE, "zorglub\tblipzorg\n")
    write(tmp_path, ACRONYM_FILE, "SCT\tstem cells\n")
    entries = set(project_entries(tmp_path))
    assert Entry("en", ("blipzorg",), "fr", ("zorglub",), "glossary") in entries
    for asked in ("fr", "en"):
        assert Entry(asked, ("sct",), "en", ("stem", "cell"), "acronym") in entries
        assert Entry("en", ("stem", "cell"), asked, ("sct",), "acronym") in entries


@pytest.mark.parametrize("name", [GLOSSARY_FILE, ACRONYM_FILE])
def test_a_malformed_file_of_a_folder_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "one\n")
    with pytest.raises(ManifestError, match=f"{name}, line 1: expected two entries"):
        list(project_entries(tmp_path))


def test_the_built_in_glossary_is_well_formed() -> None:
    pairs = built_in_pairs()
    assert len(pairs) > 10_000
    assert all(left == left.strip() and right == right.strip() for left, right in pairs)
    assert Pair("anticorps", "antibody") in pairs


def test_a_pair_of_the_built_in_glossary_stands_once_and_in_its_place() -> None:
    pairs = built_in_pairs()
    twice = [pair for pair, count in Counter(pairs).items() if count > 1]
    assert not twice
    for file in GLOSSARY.glob("*.tsv"):
        lines = [f"{left}\t{right}" for left, right in read_pairs(file)]
        assert lines == sorted(lines), file.name


def test_the_compiled_glossary_is_that_of_its_files(tmp_path: Path) -> None:
    write_compiled(tmp_path / COMPILED)
    made, shipped = members_of(tmp_path / COMPILED), members_of(GLOSSARY / COMPILED)
    assert made.keys() == shipped.keys()
    stale = [name for name, text in made.items() if text != shipped[name]]
    assert not stale, "run `make glossary`"
    assert set(built_in_entries()) == set(glossary_entries(built_in_pairs()))


@pytest.mark.parametrize(
    ("french", "english"),
    [
        (("anticorp",), ("antibodi",)),
        (("sang",), ("blood",)),
        (("peau",), ("skin",)),
        (("fievr",), ("fever",)),
        (("greff",), ("transplant",)),
    ],
)
def test_the_built_in_glossary_translates_common_words(
    french: tuple[str, ...], english: tuple[str, ...]
) -> None:
    entries = set(built_in_entries())
    assert Entry("fr", french, "en", english, "glossary") in entries
    assert Entry("en", english, "fr", french, "glossary") in entries


def test_the_built_in_words_are_folded_and_single() -> None:
    words = built_in_words()
    assert {"sang", "sein", "fever", "oedeme"} <= words
    assert not any(" " in word or word != word.lower() for word in words)


@pytest.mark.parametrize(
    ("language", "term", "has_it"),
    [
        ("en", "banana", True),
        ("fr", "chais", True),
        ("en", "chais", False),
        ("fr", "tuberclos", False),
    ],
)
def test_the_terms_of_a_language_are_those_of_its_side(
    language: Language, term: str, has_it: bool
) -> None:
    assert (term in built_in_terms(language)) is has_it


@pytest.mark.parametrize(("line", "times"), [("a\tb\n", 100_001), ("a" * 999 + "\tb\n", 10_001)])
def test_an_endless_file_is_refused(tmp_path: Path, line: str, times: int) -> None:
    with pytest.raises(ManifestError, match="more than"):
        read_pairs(write(tmp_path, "pairs.tsv", line * times))
