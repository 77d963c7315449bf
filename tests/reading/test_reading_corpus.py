"""Folders and files to documents."""

import hashlib
from pathlib import Path

import pytest

from qa.errors import SourceNotFoundError, UnreadableDocumentError, UnreadableFileWarning
from qa.models import Notice
from qa.reading import find_files, list_files, load_corpus, read_document, read_source
from qa.settings import ReadingSettings, Settings

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
NOTE = "La fièvre typhoïde est une infection bactérienne transmise par l'eau.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "note.txt").write_text(NOTE, "utf-8")
    (tmp_path / "a.md").write_text("# Typhoid\n\nA fever that water spreads.\n", "utf-8")
    for name in (".hidden.txt", ".git/x.txt", "LICENSE", "LICENCE.txt", "glossary.tsv"):
        (tmp_path / name).write_text("nothing to read", "utf-8")
    return tmp_path


def test_files_are_sorted_and_only_documents(folder: Path) -> None:
    assert [file.id for file in find_files(folder)] == ["a.md", "b/note.txt"]


def test_a_single_file_is_its_own_source(folder: Path) -> None:
    (document,) = load_corpus(str(folder / "b" / "note.txt"))
    assert (document.id, document.title, document.language) == ("note.txt", "note", "fr")
    assert document.sha256 == hashlib.sha256(NOTE.encode()).hexdigest()


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="check the path"):
        load_corpus(tmp_path / "nowhere")


def test_one_bad_file_does_not_stop_a_folder(folder: Path) -> None:
    (folder / "c.png").write_bytes(PNG)
    (folder / "d.txt").write_text(" \n", "utf-8")
    report = read_source(folder)
    assert [document.id for document in report.documents] == ["a.md", "b/note.txt"]
    assert [failure.path for failure in report.failures] == ["d.txt"]
    assert "no text in it" in report.failures[0].message
    assert [notice.message for notice in report.left_out] == ["1 × picture: c.png"]


def test_a_file_that_is_left_out_of_a_folder_is_told(folder: Path) -> None:
    (folder / "c.png").write_bytes(PNG)
    with pytest.warns(UnreadableFileWarning, match=r"left out: 1 × picture: c\.png"):
        documents = load_corpus(folder)
    assert [document.id for document in documents] == ["a.md", "b/note.txt"]
    left_out: list[Notice] = []
    assert load_corpus(folder, on_unreadable=left_out.append) == documents
    assert [notice.kind for notice in left_out] == ["no-document"]


def test_a_bad_file_given_by_itself_raises(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_bytes(PNG)
    with pytest.raises(UnreadableDocumentError, match=r"c\.txt: binary or unknown format"):
        load_corpus(tmp_path / "c.txt")


@pytest.mark.parametrize("names", [(), ("a.png", "b.png")])
def test_a_folder_with_nothing_readable_raises(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).write_bytes(PNG)
    with pytest.raises(UnreadableDocumentError, match=r"add text|none of 2 files can be read"):
        load_corpus(tmp_path)


def test_the_manifest_has_the_last_word(folder: Path) -> None:
    (folder / "manifest.toml").write_text(
        "[corpus]\nlicence = 'CC0'\n[[document]]\npath = 'a.md'\ntitle = 'Fever'\nlanguage = 'fr'\n"
        "[[document]]\npath = 'gone.txt'\n",
        "utf-8",
    )
    report = read_source(folder)
    first = report.documents[0]
    assert (first.title, first.language, first.licence) == ("Fever", "fr", "CC0")
    assert [remark.kind for remark in report.remarks] == ["manifest-entry-without-file"]


def test_the_format_follows_the_content_before_the_extension(tmp_path: Path) -> None:
    page = "{{knowledge objective\n|Identifiant=OIC-900-01-A\n|Title=Knowing tides\n}}\nThe moon."
    (tmp_path / "page.md").write_text(page, "utf-8")
    (file,) = find_files(tmp_path)
    document = read_document(file)
    assert (document.format, document.title) == ("wikitext", "Knowing tides")
    assert document.objective is not None
    assert document.objective.rank == "A"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"document_megabytes": 1}, "it has more than 1 MB"),
        ({"document_seconds": 1}, "took more than 1 s"),
        ({"document_memory": 100}, "took more than 100 MB of memory"),
    ],
)
def test_a_file_beyond_a_limit_is_left_out_and_named(
    tmp_path: Path, limit: dict[str, float], said: str
) -> None:
    (tmp_path / "long.txt").write_text("- One of very many lines.\n" * 200_000)
    (tmp_path / "short.txt").write_text("A short text.")
    report = read_source(tmp_path, Settings().changed(limit).reading)
    assert [document.id for document in report.documents] == ["short.txt"]
    (failure,) = report.failures
    assert failure.path == "long.txt"
    assert said in failure.message


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("El asma es una enfermedad de los bronquios que se trata con las pastillas.", True),
        ("Die Leber ist ein Organ und nicht das Herz.", True),
        ("Le foie est un organe et non pas une glande, entre autres.", False),
        ("The liver is an organ, not a gland, of van der Berg.", False),
    ],
)
def test_a_third_language_is_told(tmp_path: Path, text: str, kinds: bool) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (document,) = load_corpus(tmp_path)
    assert [notice.kind for notice in document.notices] == ["other-language"] * kinds


def test_a_page_that_has_only_its_title_is_found_by_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: The liver\n---\n", "utf-8")
    (document,) = load_corpus(tmp_path)
    assert (document.title, document.text) == ("The liver", "The liver")


def test_an_export_that_takes_too_long_to_list_is_named(folder: Path) -> None:
    page = "<page><title>A{}</title><ns>0</ns><revision><text>x</text></revision></page>"
    pages = "".join(page.format(number) for number in range(80_000))
    (folder / "wiki.xml").write_text(f"<mediawiki>{pages}</mediawiki>")
    listing = list_files(folder, ReadingSettings(document_seconds=0.1))
    (failure,) = listing.failures
    assert "wiki.xml: reading it took more than 0.1 s" in str(failure.error)
    assert [file.id for file in listing.files] == ["a.md", "b/note.txt"]
