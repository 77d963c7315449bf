"""Generations on disk: what is checked when one is opened, and that the swap is whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import msgpack

from qa.engine import Engine
from qa.errors import IndexCorruptedError, IndexNotFoundError, IndexWriteError, ReadingError
from qa.index import store
from qa.index.byte_strings import Records, RecordWriter
from qa.index.catalogue import DATABASE, Kind, records_file
from qa.index.generation import SHAPES
from qa.index.index import Index
from qa.index.update import update_index
from qa.index.verify import verify_index
from qa.settings import Settings


@pytest.fixture
def directory(corpus: Path, tmp_path: Path, settings: Settings) -> Path:
    update_index([corpus], tmp_path / "index", settings)
    return tmp_path / "index"


def generation(directory: Path) -> Path:
    return directory / store.current(directory)


def reseal(folder: Path, file: str) -> None:
    """Make the checksum of a file right again, as only a careless tool would."""
    header = json.loads((folder / "index.json").read_text())
    path = folder / file
    header["files"][file] = {"bytes": path.stat().st_size, "sha256": store.digest(path)}
    (folder / "index.json").write_text(json.dumps(header))
    reseal_header(folder)


def reseal_header(folder: Path) -> None:
    sealed = f"{folder.name} {store.digest(folder / 'index.json')}\n"
    (folder.parent / "CURRENT").write_text(sealed)


def test_a_missing_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="qa index"):
        store.open_index(tmp_path)


@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        ("owners.npy", None, "owners.npy is missing"),
        ("owners.npy", b"", "owners.npy has 0 bytes"),
        ("index.json", None, "No such file"),
        ("index.json", b"{", "index.json has another checksum"),
    ],
)
def test_damage_is_named(directory: Path, file: str, data: bytes | None, message: str) -> None:
    path = generation(directory) / file
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    with pytest.raises(IndexCorruptedError, match=message):
        store.open_index(directory)


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"{", "damaged"), (b"[]", "damaged"), (b'{"format": 0}', "format 0, this version reads 5")],
)
def test_a_header_of_another_shape_is_named(directory: Path, data: bytes, message: str) -> None:
    (generation(directory) / "index.json").write_bytes(data)
    reseal_header(generation(directory))
    with pytest.raises(IndexCorruptedError, match=message):
        store.open_index(directory)


def test_a_changed_fingerprint_is_found(directory: Path) -> None:
    path = generation(directory) / "index.json"
    header = json.loads(path.read_text())
    path.write_text(json.dumps({**header, "fingerprint": "0" * 16}))
    with pytest.raises(IndexCorruptedError, match=r"index\.json has another checksum"):
        Index.open(directory)


@pytest.mark.parametrize(
    "pointer", [b"", b"\xff\xfe\x00", b"generation-\xff", b"..", b"/tmp", b"generation-x \0"]
)
def test_a_garbled_pointer_is_damage(directory: Path, pointer: bytes) -> None:
    (directory / "CURRENT").write_bytes(pointer)
    for opened in (store.open_index, Index.open, verify_index):
        with pytest.raises(IndexCorruptedError, match=r"names no generation.*--rebuild"):
            opened(directory)


def test_a_pointer_without_a_checksum_is_damage(directory: Path) -> None:
    (directory / "CURRENT").write_text(store.current(directory))
    with pytest.raises(IndexCorruptedError, match="CURRENT has no checksum"):
        store.open_index(directory)


def test_everything_is_on_the_disk_before_it_is_named(
    corpus: Path, directory: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    earlier = store.current(directory)
    monkeypatch.setattr(store, "sync_names", synced.append)

    def sync(path: Path) -> None:
        assert store.current(directory) == earlier
        synced.append(path)

    monkeypatch.setattr(store, "sync_file", sync)
    (corpus / "en/graft.txt").unlink()
    update_index([corpus], directory, settings)
    folder = generation(directory)
    assert set(synced[:-3]) == set(folder.iterdir())
    assert synced[-3:] == [folder, directory / "CURRENT.new", directory]


def test_what_is_cut_short_after_the_commit_stays(
    corpus: Path, directory: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(path: Path) -> None:
        if path == directory:
            raise KeyboardInterrupt

    monkeypatch.setattr(store, "sync_names", cut)
    (corpus / "en/graft.txt").unlink()
    with pytest.raises(KeyboardInterrupt):
        update_index([corpus], directory, settings)
    assert verify_index(directory).documents == 2


def test_one_changed_bit_is_found(directory: Path) -> None:
    path = generation(directory) / "posting_weights.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(IndexCorruptedError, match="checksum"):
        Index.open(directory)


def test_a_pointer_to_nowhere_is_damage(directory: Path) -> None:
    (directory / "CURRENT").write_text("generation-none")
    with pytest.raises(IndexCorruptedError):
        store.open_index(directory)


def test_arrays_are_memory_mapped_and_not_pickled(directory: Path) -> None:
    arrays = store.open_index(directory).generation.arrays
    assert all(isinstance(array.base, np.memmap) for array in arrays.values())
    assert all(array.dtype.kind in "biuf" for array in arrays.values())
    np.save(generation(directory) / "owners.npy", np.array([object()]), allow_pickle=True)
    reseal(generation(directory), "owners.npy")
    with pytest.raises(IndexCorruptedError):
        store.open_index(directory)


def test_a_reader_that_meets_a_swap_opens_the_new_generation(
    directory: Path, corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index = store.open_index
    opened = []

    def late(folder: Path, *, verify: bool = False) -> store.StoredIndex:
        stored = open_index(folder, verify=verify)
        opened.append(stored.generation.fingerprint)
        if len(opened) == 1:
            monkeypatch.setattr(store, "open_index", open_index)
            (corpus / "en/graft.txt").unlink()
            update_index([corpus], folder, settings)
            monkeypatch.setattr(store, "open_index", late)
        return stored

    monkeypatch.setattr(store, "open_index", late)
    assert len(Index.open(directory).catalogue.document_ids()) == 2
    assert len(opened) == 2


def test_a_sound_index_is_verified(directory: Path) -> None:
    found = verify_index(directory)
    assert (found.documents, found.fingerprint) == (3, Index.open(directory).fingerprint)


Change = Callable[[list[Any]], object]


def rewrite(folder: Path, kind: Kind, change: Change) -> None:
    """Change a list of decoded records, and store it as if it had been written so."""
    path = records_file(folder, kind)
    records = Records.open(path)
    decoded: list[Any] = [
        one if kind == "texts" else msgpack.decode(one)
        for one in map(records.__getitem__, range(len(records)))
    ]
    change(decoded)
    writer = RecordWriter(path)
    for one in decoded:
        writer.extend([one if kind == "texts" else msgpack.encode(one)])
    writer.finish()
    reseal(folder, path.name)


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.execute(statement)
    reseal(folder, DATABASE)


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (
            "passages",
            lambda all_: all_.__setitem__(0, [n + 1 for n in all_[0][:2]] + all_[0][2:]),
            "is not that of its document",
        ),
        (
            "passages",
            lambda all_: all_[0].__setitem__(7, [{"start": 0, "end": 99_999}]),
            "lies outside",
        ),
        ("passages", lambda all_: all_.pop(), "passages"),
        ("infos", lambda all_: all_.pop(), "documents"),
        ("texts", lambda all_: all_.append(b"x"), "documents"),
    ],
)
def test_verify_finds_what_checksums_do_not(
    directory: Path, kind: Kind, change: Change, message: str
) -> None:
    rewrite(generation(directory), kind, change)
    with pytest.raises(IndexCorruptedError, match=message):
        verify_index(directory)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_an_array_that_does_not_fit_is_found(directory: Path, name: str) -> None:
    path = generation(directory) / f"{name}.npy"
    whole = np.load(path)
    for changed in (whole[:-1], whole.astype("complex64"), whole.reshape(-1, 1, 1), whole[:0]):
        np.save(path, changed)
        reseal(generation(directory), path.name)
        try:
            Engine.open(directory).ask("How does a monoclonal antibody act?")
            verify_index(directory)
        except IndexCorruptedError:
            continue
        assert name in ("term_text", "gram_codes")


@pytest.mark.parametrize(
    "name", ["owners", "posting_passages", "posting_indptr", "gram_terms", "sequence_terms"]
)
def test_numbers_of_what_is_not_there_are_found(directory: Path, name: str) -> None:
    path = generation(directory) / f"{name}.npy"
    np.save(path, np.load(path) + 10_000)
    reseal(generation(directory), path.name)
    with pytest.raises(IndexCorruptedError, match=name):
        Index.open(directory)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("infos", lambda all_: all_.__setitem__(slice(None), [7] * len(all_))),
        ("infos", lambda all_: [one.pop("id") for one in all_]),
        ("passages", lambda all_: [one.__setitem__(7, [[0]]) for one in all_]),
        ("passages", lambda all_: [one.__setitem__(6, 3) for one in all_]),
        ("passages", lambda all_: [one.__setitem__(0, "x") for one in all_]),
        ("passages", lambda all_: all_.clear()),
        ("texts", lambda all_: all_.__setitem__(slice(None), [b"\xff" * 999] * len(all_))),
    ],
)
def test_records_of_another_kind_are_one_error(directory: Path, kind: Kind, change: Change) -> None:
    rewrite(generation(directory), kind, change)
    require_one_error(directory)


@pytest.mark.parametrize("statement", ["DROP TABLE lexicon", "DELETE FROM documents"])
def test_a_database_of_another_kind_is_one_error(directory: Path, statement: str) -> None:
    execute(generation(directory), statement)
    require_one_error(directory)


@pytest.mark.parametrize("data", [b"", b"x", bytes(64), b"\xff" * 64])
def test_a_file_of_records_that_is_none_is_one_error(directory: Path, data: bytes) -> None:
    path = records_file(generation(directory), "texts")
    path.write_bytes(data)
    reseal(generation(directory), path.name)
    require_one_error(directory)


def require_one_error(directory: Path) -> None:
    with pytest.raises(IndexCorruptedError):
        Engine.open(directory).ask("How does a monoclonal antibody act, in three ways?")
    with pytest.raises(IndexCorruptedError):
        verify_index(directory)


@pytest.mark.parametrize("record", ["{", "[]", "{}", '{"origins": [{}], "folders": []}'])
def test_a_record_of_another_kind_is_one_error(
    directory: Path, corpus: Path, settings: Settings, record: str
) -> None:
    (generation(directory) / "origins.json").write_text(record)
    reseal(generation(directory), "origins.json")
    with pytest.raises(IndexCorruptedError):
        update_index([corpus], directory, settings)


def test_nothing_is_left_of_an_index_that_cannot_be_made(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(IndexWriteError, match="has other files"):
        update_index([corpus], corpus, settings)
    with pytest.raises(ReadingError):
        update_index([tmp_path / "nowhere"], tmp_path / "new" / "index", settings)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_lock_is_free_again_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            store.write_lock(tmp_path / "index"),
            pytest.raises(IndexWriteError),
            store.write_lock(tmp_path / "index"),
        ):
            pass
