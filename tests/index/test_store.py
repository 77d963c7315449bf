"""Generations on disk: what is checked when one is opened, and that the swap is whole."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from qa.errors import IndexCorruptedError, IndexNotFoundError, IndexWriteError
from qa.index import store
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


def test_a_missing_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="qa index"):
        store.open_index(tmp_path)


@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        ("owners.npy", None, "owners.npy is missing"),
        ("owners.npy", b"", "owners.npy has 0 bytes"),
        ("index.json", b"{", "damaged"),
        ("index.json", b"[]", "damaged"),
        ("index.json", b'{"format": 0}', "format 0"),
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
    arrays = store.open_index(directory).arrays
    assert all(isinstance(array, np.memmap) for array in arrays.values())
    assert all(array.dtype.kind in "iuf" for array in arrays.values())
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
        opened.append(stored.fingerprint)
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


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE passages SET start = start + 1", "is not that of its document"),
        ("UPDATE documents SET text = 'x' || text", "is not that of its document"),
        ("UPDATE passages SET units = '[[0,99999]]'", "lies outside"),
        ("DELETE FROM passages WHERE number = 0", "rows, not its passages"),
        ("DELETE FROM documents WHERE number = 2", "passages"),
    ],
)
def test_verify_finds_what_checksums_do_not(directory: Path, change: str, message: str) -> None:
    path = generation(directory) / store.CATALOGUE
    connection = sqlite3.connect(path)
    connection.execute(change)
    connection.commit()
    connection.close()
    reseal(generation(directory), store.CATALOGUE)
    with pytest.raises(IndexCorruptedError, match=message):
        verify_index(directory)


def test_the_lock_is_free_again_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            store.write_lock(tmp_path / "index"),
            pytest.raises(IndexWriteError),
            store.write_lock(tmp_path / "index"),
        ):
            pass
