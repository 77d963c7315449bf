"""Indexes on disk: what an update reads again, keeps and takes out; what it does when it fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from qa.engine import Engine
from qa.errors import (
    IndexCorruptedError,
    IndexNotFoundError,
    IndexWriteError,
    ReadingError,
    SourceNotFoundError,
    UnknownDocumentError,
)
from qa.index import store, update
from qa.index.analysed import Analysed
from qa.index.update import remove_documents, update_index
from qa.index.update_report import IndexReport
from qa.index.verify import verify_index
from qa.reading import Entry, SourceFile, work_apart
from qa.settings import ReadingSettings, Settings


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def ids(directory: Path) -> list[str]:
    return [document.id for document in Engine.open(directory).documents()]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really read."""
    read: list[str] = []

    def spy(
        function: Callable[..., Analysed],
        tasks: Sequence[tuple[SourceFile, Entry]],
        settings: ReadingSettings,
        *more: Iterable[object],
    ) -> AbstractContextManager[Iterator[Analysed | ReadingError]]:
        read.extend(file.id for file, _ in tasks)
        return work_apart(function, tasks, settings, *more)

    monkeypatch.setattr(update, "work_apart", spy)
    return read


def test_a_first_build_adds_everything(corpus: Path, directory: Path, settings: Settings) -> None:
    report = update_index([corpus], directory, settings)
    assert counts(report) == (3, 0, 0, 0)
    assert report.documents == 3
    assert ids(directory) == ["en/antibodies.md", "en/graft.txt", "fr/vaccins.md"]
    assert Engine.open(directory).fingerprint == report.fingerprint


def test_the_index_on_disk_answers_as_the_one_in_memory(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    stored, fresh = Engine.open(directory, settings), Engine.from_corpus(corpus, settings)
    question = "How does a monoclonal antibody act?"
    assert stored.ask(question) == fresh.ask(question)


def test_only_what_changed_is_read_again(
    corpus: Path, directory: Path, settings: Settings, read_files: list[str]
) -> None:
    update_index([corpus], directory, settings)
    read_files.clear()
    (corpus / "en/graft.txt").write_text("A graft comes from a donor, or from oneself.")
    (corpus / "en/new.txt").write_text("Cytokines are messengers between cells.")
    (corpus / "fr/vaccins.md").unlink()
    assert counts(update_index([corpus], directory, settings)) == (1, 1, 1, 1)
    assert sorted(read_files) == ["en/graft.txt", "en/new.txt"]


def test_a_renamed_file_keeps_its_history(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings, added_by="Anna")
    first = Engine.open(directory).document("en/graft.txt").history
    assert (first.added_by, first.added_at[-1], first.formerly) == ("Anna", "Z", ())
    (corpus / "en/graft.txt").rename(corpus / "fr/greffe.txt")
    (corpus / "en/antibodies.md").write_text("An antibody binds one antigen.")
    (corpus / "en/copy.md").write_text("An antibody binds one antigen.")
    report = update_index([corpus], directory, settings, added_by="Ben")
    assert counts(report) == (1, 1, 1, 0)
    assert report.documents == 4
    (renamed,) = report.renamed
    assert renamed.message.endswith(f"en/graft.txt → {corpus}/fr/greffe.txt")
    engine = Engine.open(directory)
    history = engine.document("fr/greffe.txt").history
    assert (history.added_at, history.added_by) == (first.added_at, "Anna")
    assert history.formerly == ("en/graft.txt",)
    assert engine.document("fr/vaccins.md").history.added_by == "Anna"
    # What another person wrote there is not the first one's word.
    assert engine.document("en/antibodies.md").history.added_by == "Ben"


def test_a_history_outlives_other_settings(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings, added_by="Anna")
    update_index([corpus], directory, settings.changed({"passage_words": 20}))
    assert {one.history.added_by for one in Engine.open(directory).documents()} == {"Anna"}


def test_nothing_is_written_when_nothing_changed(
    corpus: Path, directory: Path, settings: Settings, read_files: list[str]
) -> None:
    first = update_index([corpus], directory, settings)
    generation = store.current(directory)
    read_files.clear()
    second = update_index([corpus], directory, settings)
    assert counts(second) == (0, 0, 3, 0)
    assert second.fingerprint == first.fingerprint
    assert store.current(directory) == generation
    assert not read_files


def test_other_settings_build_anew_without_reading(
    corpus: Path, directory: Path, settings: Settings, read_files: list[str]
) -> None:
    first = update_index([corpus], directory, settings)
    read_files.clear()
    shorter = settings.changed({"passage_words": 20})
    second = update_index([corpus], directory, shorter)
    assert second.passages > first.passages
    assert second.fingerprint != first.fingerprint
    assert not read_files


def test_a_changed_manifest_changes_its_documents(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    manifest = '[[document]]\npath = "en/graft.txt"\ntitle = "Grafts"\n'
    (corpus / "manifest.toml").write_text(manifest)
    assert counts(update_index([corpus], directory, settings)) == (0, 1, 2, 0)
    assert "Grafts" in [document.title for document in Engine.open(directory).documents()]


def test_sources_that_are_not_given_again_stay(
    corpus: Path, tmp_path: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    other = tmp_path / "note.txt"
    other.write_text("A note on kinases, which add phosphate to proteins.")
    assert counts(update_index([other], directory, settings)) == (1, 0, 3, 0)
    assert "note.txt" in ids(directory)


def test_a_file_given_alone_keeps_its_place_in_its_folder(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    (corpus / "en/graft.txt").write_text("A graft comes from a donor, or from oneself.")
    assert counts(update_index([corpus / "en/graft.txt"], directory, settings)) == (0, 1, 2, 0)
    assert ids(directory) == ["en/antibodies.md", "en/graft.txt", "fr/vaccins.md"]


@pytest.mark.parametrize("together", [True, False])
def test_equal_paths_in_two_folders_get_the_names_of_the_folders(
    tmp_path: Path, directory: Path, settings: Settings, together: bool
) -> None:
    first, second = tmp_path / "a" / "docs", tmp_path / "b" / "docs"
    for folder in (first, second):
        folder.mkdir(parents=True)
        (folder / "x.txt").write_text(f"A text about proteins, in {folder.parent.name}.")
    (first / "y.txt").write_text("Another text, about cells and their kinases.")
    for sources in [[first, second]] if together else [[second], [first]]:
        update_index(sources, directory, settings)
    assert ids(directory) == ["a/docs/x.txt", "b/docs/x.txt", "y.txt"]


def test_the_index_itself_is_no_document(corpus: Path, settings: Settings) -> None:
    directory = corpus / "index"
    update_index([corpus], directory, settings)
    assert counts(update_index([corpus], directory, settings)) == (0, 0, 3, 0)


def test_unreadable_files_are_reported_each_time(
    corpus: Path, directory: Path, settings: Settings, read_files: list[str]
) -> None:
    (corpus / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for _ in range(2):
        report = update_index([corpus], directory, settings)
        assert [Path(notice.path).name for notice in report.failures] == ["photo.txt"]
        assert report.documents == 3
    assert read_files.count("photo.txt") == 1


def test_files_that_are_no_documents_are_named_each_time(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    (corpus / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for _ in range(2):
        report = update_index([corpus], directory, settings)
        assert [(one.kind, one.message) for one in report.remarks] == [
            ("no-document", "1 × picture: photo.png")
        ]
        assert (report.documents, report.failures) == (3, ())


def test_a_file_that_can_no_longer_be_read_is_taken_out(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    (corpus / "en/graft.txt").write_bytes(bytes(range(256)) * 9)
    report = update_index([corpus], directory, settings)
    assert counts(report) == (0, 0, 2, 1)
    assert len(report.failures) == 1


def test_a_file_name_that_is_not_unicode_is_reported(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(corpus) + b"/caf\xe9.txt"))).write_text("Du café, du thé.")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    report = update_index([corpus], directory, settings)
    assert report.documents == 3
    assert "caf\\udce9.txt" in report.failures[0].message


def test_progress_counts_all_files(corpus: Path, directory: Path, settings: Settings) -> None:
    seen: list[tuple[int, int]] = []
    update_index([corpus], directory, settings, on_progress=lambda n, of: seen.append((n, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_remove_takes_one_document_out_until_its_source_is_given(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    assert counts(remove_documents(directory, ["en/graft.txt"])) == (0, 0, 2, 1)
    assert ids(directory) == ["en/antibodies.md", "fr/vaccins.md"]
    verify_index(directory)
    assert counts(update_index([corpus], directory, settings)) == (1, 0, 2, 0)


@pytest.mark.parametrize("way", ["removed", "changed", "gone"])
def test_no_word_of_a_text_stays_in_the_files(
    corpus: Path, directory: Path, settings: Settings, way: str
) -> None:
    words = ("zyxomab", "qwertolysis", "wuvia")
    secret = corpus / "en" / "secret.md"
    secret.write_text("# Zyxomab\n\nThe queer wuvia xylitol test (QWX) shows qwertolysis.\n")
    update_index([corpus], directory, settings)
    assert all(left_in(directory, word) for word in words)
    if way == "removed":
        remove_documents(directory, ["en/secret.md"])
    elif way == "changed":
        secret.write_text("# Title\n\nNothing is said.\n")
        update_index([corpus], directory, settings)
    else:
        secret.unlink()
        update_index([corpus], directory, settings)
    assert not [word for word in (*words, "qwx") if left_in(directory, word)]
    assert not Engine.open(directory).search("zyxomab qwertolysis")


def left_in(directory: Path, word: str) -> list[str]:
    """The files of an index that have a word, whatever its case."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return [path.name for path in files if word.encode() in path.read_bytes().lower()]


def test_the_last_document_can_be_removed(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus / "en/graft.txt"], directory, settings)
    remove_documents(directory, ["graft.txt"])
    assert verify_index(directory).documents == 0
    answer = Engine.open(directory, settings).ask("What is a graft?")
    assert not answer.answered
    assert answer.sources == ()


def test_remove_names_what_it_does_not_find(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    with pytest.raises(IndexNotFoundError, match="qa index"):
        remove_documents(directory, ["x"])
    update_index([corpus], directory, settings)
    with pytest.raises(UnknownDocumentError, match="'x'"):
        remove_documents(directory, ["x"])


@pytest.mark.parametrize(
    ("files", "error", "message"),
    [
        ({}, ReadingError, "no document"),
        ({"a.txt": b"\x89PNG\r\n\x1a\n" + bytes(64)}, ReadingError, "a.txt"),
        ({"a.txt": b"", "b.txt": b" "}, ReadingError, "none of 2 files"),
        ({"a.txt": b"Some words.", "manifest.toml": b"["}, Exception, "manifest"),
        (None, SourceNotFoundError, "no such file"),
    ],
)
def test_a_source_with_nothing_to_read_leaves_the_index_as_it_was(
    corpus: Path,
    tmp_path: Path,
    directory: Path,
    settings: Settings,
    files: dict[str, bytes] | None,
    error: type[Exception],
    message: str,
) -> None:
    report = update_index([corpus], directory, settings)
    source = tmp_path / "bad"
    if files is not None:
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
    with pytest.raises(error, match=message):
        update_index([source], directory, settings)
    assert verify_index(directory).fingerprint == report.fingerprint
    assert len(list(directory.glob("generation-*"))) == 1


def test_a_first_build_that_fails_leaves_no_folder(
    tmp_path: Path, directory: Path, settings: Settings
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadingError):
        update_index([tmp_path / "empty"], directory, settings)
    assert not directory.exists()


@pytest.mark.parametrize(
    "failure",
    [
        KeyboardInterrupt(),
        OSError(28, "No space left on device"),
        sqlite3.OperationalError("disk full"),
    ],
)
def test_a_build_that_is_cut_short_leaves_the_index_as_it_was(
    corpus: Path,
    directory: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    report = update_index([corpus], directory, settings)
    (corpus / "en/graft.txt").write_text("Another text about grafts and donors.")

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("numpy.save", fail)
    expected = KeyboardInterrupt if isinstance(failure, KeyboardInterrupt) else IndexWriteError
    with pytest.raises(expected):
        update_index([corpus], directory, settings)
    monkeypatch.undo()
    assert verify_index(directory).fingerprint == report.fingerprint
    assert len(list(directory.glob("generation-*"))) == 1


def test_what_a_killed_build_left_is_cleaned_up(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    for _ in range(2):
        (directory / "generation-killed").mkdir(parents=True)
        update_index([corpus], directory, settings)
        assert [path.name for path in directory.glob("generation-*")] == [store.current(directory)]


def damage(directory: Path, file: str) -> None:
    """Spoil a file of the generation, or `CURRENT`; take it away if it is given as `-file`."""
    name = file.removeprefix("-")
    folder = directory if name == "CURRENT" else directory / store.current(directory)
    if file.startswith("-"):
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(b"\xff not what it was")


DAMAGES = (
    "posting_weights.npy",
    "catalogue.sqlite",
    "texts.records",
    "index.json",
    "CURRENT",
    "-CURRENT",
)


@pytest.mark.parametrize("file", DAMAGES)
@pytest.mark.parametrize("name", ["corpus", "nowhere"])
def test_a_damaged_index_is_not_replaced_unasked(
    corpus: Path, directory: Path, settings: Settings, file: str, name: str
) -> None:
    update_index([corpus], directory, settings)
    damage(directory, file)
    before = sorted(directory.rglob("generation-*/*"))
    with pytest.raises(IndexCorruptedError, match=r"damaged .* --rebuild"):
        update_index([corpus.parent / name], directory, settings)
    assert sorted(directory.rglob("generation-*/*")) == before


@pytest.mark.parametrize("file", DAMAGES)
def test_a_rebuild_that_fails_leaves_even_a_damaged_index(
    corpus: Path, directory: Path, settings: Settings, file: str
) -> None:
    update_index([corpus], directory, settings)
    damage(directory, file)
    before = sorted(directory.rglob("generation-*/*"))
    with pytest.raises(SourceNotFoundError):
        update_index([corpus / "nowhere"], directory, settings, rebuild=True)
    assert sorted(directory.rglob("generation-*/*")) == before


@pytest.mark.parametrize("file", DAMAGES)
def test_a_damaged_index_is_replaced_on_request(
    corpus: Path, directory: Path, settings: Settings, file: str
) -> None:
    first = update_index([corpus], directory, settings)
    damage(directory, file)
    report = update_index([corpus], directory, settings, rebuild=True)
    assert counts(report) == (3, 0, 0, 0)
    assert verify_index(directory).fingerprint == first.fingerprint
    assert [path.name for path in directory.glob("generation-*")] == [store.current(directory)]


def test_a_rebuild_has_the_given_sources_only_and_says_so(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    report = update_index([corpus / "en"], directory, settings, rebuild=True)
    assert ids(directory) == ["antibodies.md", "graft.txt"]
    assert [remark.kind for remark in report.remarks] == ["index-replaced"]


def test_what_was_left_out_and_noticed_is_counted_with_examples(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    for number in range(4):
        text = f"# Page {number}\n\nSome words on cells. ![](x.png) ![](y.png)\n"
        (corpus / f"{number}.md").write_text(text)
    report = update_index([corpus], directory, settings)
    (tally,) = report.left_out
    assert (tally.kind, tally.count, tally.more) == ("picture", 8, True)
    assert [Path(path).name for path in tally.examples] == ["0.md", "1.md", "2.md"]
    assert update_index([corpus], directory, settings).left_out == ()


def test_two_writers_do_not_meet(corpus: Path, directory: Path, settings: Settings) -> None:
    with (
        store.write_lock(directory),
        pytest.raises(IndexWriteError, match="another process is writing"),
    ):
        update_index([corpus], directory, settings)


def test_a_folder_with_other_files_is_not_taken_for_an_index(
    corpus: Path, settings: Settings
) -> None:
    with pytest.raises(IndexWriteError, match=r"manifest\.toml|en"):
        update_index([corpus], corpus, settings)
    assert not list(corpus.glob("generation-*"))


def test_a_target_that_cannot_be_written_is_named(
    corpus: Path, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexWriteError, match="Not a directory"):
        update_index([corpus], tmp_path / "file" / "index", settings)


def test_a_reader_keeps_its_index_while_another_is_swapped_in(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    update_index([corpus], directory, settings)
    reader = Engine.open(directory, settings)
    before = reader.ask("What is autologous transplantation?")
    (corpus / "en/graft.txt").unlink()
    update_index([corpus], directory, settings)
    assert reader.ask("What is autologous transplantation?") == before


def test_a_document_beyond_a_limit_is_tried_again(
    corpus: Path, directory: Path, settings: Settings
) -> None:
    (corpus / "long.txt").write_text("A line of very many.\n" * 100_000)
    narrow = settings.changed({"document_megabytes": 1})
    first = update_index([corpus], directory, narrow)
    assert counts(first) == (3, 0, 0, 0)
    (failure,) = first.failures
    assert failure.path == (corpus / "long.txt").as_posix()
    assert counts(update_index([corpus], directory, settings)) == (1, 0, 3, 0)


def refuse(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    """Let neither a folder nor a file be opened, as if without the right to; root has every one."""
    scandir, open_file = os.scandir, Path.open

    def scan(path: Any) -> Any:
        if path in (refused, str(refused)):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def opened(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, *arguments, **options)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.parametrize("place", ["en", "en/graft.txt"])
def test_what_has_become_unreadable_stays_and_is_named(
    corpus: Path,
    directory: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    first = update_index([corpus], directory, settings)
    os.utime(corpus / place, (1, 1))  # Else a file that was known would not be looked into.
    refuse(monkeypatch, corpus / place)
    (corpus / "fr/vaccins.md").write_text("Un vaccin protège contre une maladie.")
    second = update_index([corpus], directory, settings)
    assert counts(second) == (0, 1, 2, 0)
    assert [failure.path for failure in second.failures] == [(corpus / place).as_posix()]
    assert "Permission denied" in second.failures[0].message
    assert first.documents == second.documents


def test_a_folder_that_could_never_be_read_is_named(
    corpus: Path, directory: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, corpus)
    with pytest.raises(ReadingError, match="Permission denied"):
        update_index([corpus], directory, settings)


def test_links_are_followed_inside_the_folder_only(
    corpus: Path, tmp_path: Path, directory: Path, settings: Settings
) -> None:
    outside = tmp_path / "secrets"
    outside.mkdir()
    (outside / "key.txt").write_text("Not for everybody.")
    (corpus / "inside.txt").symlink_to("en/graft.txt")
    (corpus / "file.txt").symlink_to(outside / "key.txt")
    (corpus / "folder").symlink_to(outside)
    report = update_index([corpus], directory, settings)
    assert ids(directory) == ["en/antibodies.md", "en/graft.txt", "fr/vaccins.md", "inside.txt"]
    assert [Path(failure.path).name for failure in report.failures] == ["file.txt", "folder"]
    assert all("leads out of this folder" in failure.message for failure in report.failures)
