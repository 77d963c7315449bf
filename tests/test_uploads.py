"""Files uploaded to an index: looked at, then kept beside it, and gone with their document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from qa.collections import uploads_folder
from qa.engine import Engine
from qa.errors import IndexWriteError, UnknownDocumentError
from qa.index.update import update_index
from qa.models import DocumentInfo
from qa.reading.previews import Upload, named_apart, preview, safe_name
from qa.settings import Settings
from qa.uploads import add_files, remove_upload

HEART = Upload(name="heart.txt", data=b"The heart of an adult beats sixty times a minute.\n")
KIDNEY = Upload(name="kidney.md", data=b"# Kidney\n\nIt filters a hundred litres a day.\n")


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return data.getvalue()


def titles(index: Path) -> set[str]:
    return {document.id for document in Engine.open(index).documents()}


def kept(index: Path) -> set[str]:
    return {path.name for path in uploads_folder(index).glob("[!.]*")}


def shown(files: list[Upload], settings: Settings) -> dict[str, tuple[list[DocumentInfo], str]]:
    looked = preview(files, settings.reading, lambda done, total: None)
    return {
        one.name: ([document.info for document in one.documents], " ".join(map(str, one.problems)))
        for one in looked
    }


def test_a_preview_says_what_is_read_and_why_not(settings: Settings, tmp_path: Path) -> None:
    bundle = zipped(one="The liver has four lobes.", two="The spleen has none.")
    found = shown(
        [
            KIDNEY,
            Upload(name="bundle.zip", data=bundle),
            Upload(name="photo.png", data=b"\x89PNG\r\n\x1a\n0000"),
            Upload(name="broken.pdf", data=b"%PDF-1.4 and nothing else"),
            Upload(name="broken.zip", data=b"PK\x03\x04 and nothing else"),
            Upload(name="LICENSE.txt", data=b"All rights reserved."),
        ],
        settings,
    )
    assert [info.title for info in found["kidney.md"][0]] == ["Kidney"]
    assert [info.id for info in found["bundle.zip"][0]] == [
        "bundle.zip/one.txt",
        "bundle.zip/two.txt",
    ]
    for name, why in (
        ("photo.png", "picture"),
        ("broken.pdf", "damaged PDF"),
        ("broken.zip", "damaged archive"),
        ("LICENSE.txt", "no document"),
    ):
        documents, problem = found[name]
        assert not documents
        assert why in problem
        assert "qa-preview" not in problem


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.txt", "a.txt"),
        (".hidden", "hidden"),
        ("a\nb.txt", "ab.txt"),
        ("..", "document"),
    ],
)
def test_a_name_cannot_lead_elsewhere(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_equal_names_are_told_apart_and_equal_files_are_one() -> None:
    other = Upload(name="x/heart.txt", data=b"Another heart.")
    names = [file.name for file in named_apart([HEART, other, HEART])]
    assert names == ["heart.txt", "heart (2).txt"]


def test_uploads_join_the_index_and_replace_files_of_their_name(
    tmp_path: Path, settings: Settings
) -> None:
    index = tmp_path / "courses" / "new"
    assert add_files(index, [HEART], settings).added == 1
    report = add_files(index, [Upload(name="heart.txt", data=b"It beats."), KIDNEY], settings)
    assert (report.added, report.updated) == (1, 1)
    assert Engine.open(index).document("heart.txt").text == "It beats."
    assert kept(index) == {"heart.txt", "kidney.md"}


def test_what_fails_leaves_files_and_index_as_they_were(tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    add_files(index, [HEART], settings)

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises((InterruptedError, IndexWriteError)):
        add_files(index, [Upload(name="heart.txt", data=b"No."), KIDNEY], settings, stop)
    assert kept(index) == {"heart.txt"}
    assert (uploads_folder(index) / "heart.txt").read_bytes() == HEART.data
    assert titles(index) == {"heart.txt"}


def test_a_removed_upload_does_not_come_back(tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    add_files(index, [HEART, KIDNEY], settings)
    remove_upload(index, "heart.txt")
    assert (titles(index), kept(index)) == ({"kidney.md"}, {"kidney.md"})
    add_files(index, [Upload(name="z.txt", data=b"The spleen stores blood.")], settings)
    assert titles(index) == {"kidney.md", "z.txt"}


def test_an_archive_goes_as_a_whole(tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    bundle = zipped(one="The liver has four lobes.", two="The spleen has none.")
    add_files(index, [KIDNEY, Upload(name="b.zip", data=bundle)], settings)
    remove_upload(index, "b.zip/one.txt")
    assert (titles(index), kept(index)) == ({"kidney.md"}, {"kidney.md"})


def test_removing_never_touches_files_that_were_not_uploaded(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    index = tmp_path / "index"
    update_index([corpus], index, settings)
    remove_upload(index, "en/graft.txt")
    assert "en/graft.txt" not in titles(index)
    assert (corpus / "en/graft.txt").is_file()
    with pytest.raises(UnknownDocumentError):
        remove_upload(index, "en/graft.txt")


def test_what_a_sudden_end_left_is_cleared_up(tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    add_files(index, [HEART], settings)
    (uploads_folder(index) / ".qa-old-kidney.md").write_bytes(KIDNEY.data)
    add_files(index, [HEART], settings)
    assert not list(uploads_folder(index).glob(".qa-old*"))
    assert titles(index) == {"heart.txt"}
