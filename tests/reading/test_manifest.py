"""manifest.toml."""

from pathlib import Path

import pytest

from qa.errors import ManifestError
from qa.reading import SourceFile, load_manifest

SOUND = """
[corpus]
title = "Cours"
language = "fr"
licence = "CC BY 4.0"

[[document]]
path = "a.txt"
title = "Le rein"
objectives = ["OIC-256-01-A"]

[[document]]
path = "b/c.md"
language = "en"
license = "CC0"
based_on = ["a.txt"]
colour = "blue"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "manifest.toml").write_text(text, "utf-8")
    return folder


def test_entries_take_the_values_of_the_corpus_where_they_are_silent(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path, SOUND))
    assert manifest is not None
    first, second, other = (manifest.entry(name) for name in ("a.txt", "b/c.md", "z.txt"))
    assert (first.title, first.language, first.licence) == ("Le rein", "fr", "CC BY 4.0")
    assert first.objectives == ("OIC-256-01-A",)
    assert (second.title, second.language, second.licence) == ("", "en", "CC0")
    assert second.based_on == ("a.txt",)
    assert (other.title, other.language) == ("", "fr")


def test_a_folder_without_manifest_has_none(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) is None


def test_what_does_not_fit_is_reported(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path, SOUND))
    assert manifest is not None
    notices = manifest.check((SourceFile(id="a.txt", path=tmp_path / "a.txt"),))
    assert [notice.kind for notice in notices] == [
        "manifest-unknown-key",
        "manifest-entry-without-file",
    ]
    assert "'colour'" in notices[0].message
    assert notices[1].path == "b/c.md"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[corpus", "not valid TOML"),
        ("a = " + "[" * 2000, "not valid TOML"),
        ("a = " + "1" * 4301, "not valid TOML"),
        (".".join("a" * 30_000) + " = 1", "a key has more than 50 parts"),
        ("corpus = 3", r"expected one \[corpus\] table"),
        ("document = [1]", "number 1 is not a table"),
        ("[[document]]\ntitle = 'x'", "number 1: no `path`"),
        ("[[document]]\npath = 'a'\n[[document]]\npath = 'a'", "number 2: 'a' appears twice"),
        ("[[document]]\npath = 'a'\nlanguage = 'de'", "language 'de'; write one of fr, en"),
        ("[[document]]\npath = 'a'\ntitle = 3", "number 1: title is 3; write it as text"),
        ("[[document]]\npath = 'a'\nobjectives = 'x'", "objectives is 'x'; write it as a list"),
    ],
)
def test_a_malformed_manifest_names_file_entry_and_remedy(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ManifestError, match=rf"manifest\.toml.*{message}"):
        load_manifest(write(tmp_path, text))
