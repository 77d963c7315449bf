"""Documents in archives: what one of them costs does not grow with the others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qa.errors import UnreadableDocumentError
from qa.reading.containers import read_bytes


def write(path: Path, texts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)


def test_the_directory_of_an_archive_is_read_once_for_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    plain = zipfile.ZipFile

    def counted(file: Path) -> zipfile.ZipFile:
        opened.append(file)
        return plain(file)

    write(tmp_path / "all.zip", {f"{number}.txt": f"text {number}" for number in range(50)})
    monkeypatch.setattr(zipfile, "ZipFile", counted)
    for number in range(50):
        assert read_bytes(tmp_path / f"all.zip/{number}.txt") == f"text {number}".encode()
    assert len(opened) < 5


def test_an_archive_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    write(path, {"a.txt": "before"})
    assert read_bytes(path / "a.txt") == b"before"
    write(path, {"a.txt": "what came after", "b.txt": "more"})
    assert read_bytes(path / "a.txt") == b"what came after"
    path.write_bytes(b"PK no archive any more")
    with pytest.raises(UnreadableDocumentError, match=r"all\.zip"):
        read_bytes(path / "a.txt")
    path.unlink()
    with pytest.raises(FileNotFoundError):
        read_bytes(path / "a.txt")
