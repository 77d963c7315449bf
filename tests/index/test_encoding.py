"""Vectors of the units of an index: made once, kept by what was encoded, gone with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qa.engine import Engine
from qa.errors import EncoderError, IndexCorruptedError
from qa.index import store
from qa.index.build import build_in_memory
from qa.index.index import Index
from qa.index.update import remove_documents, update_index
from qa.meaning.encoder import Encoder
from qa.meaning.vectors import Vectors
from qa.reading import load_corpus
from qa.settings import Settings
from tests.meaning.hashed import HashedEncoder

FACTS = "".join(f"The dose number {number} is {number} mg a day. " for number in range(150))


class Breaking(HashedEncoder):
    """Fails at its second batch."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        if self.encoded:
            raise EncoderError("out of order")
        return HashedEncoder.passages(self, texts)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(
    source: Path,
    directory: Path,
    encoder: Encoder | None = None,
    name: str | None = "hashed",
    rebuild: bool = False,
) -> list[str]:
    """What is encoded to bring an index up to date."""
    used = HashedEncoder() if encoder is None else encoder
    update_index(
        [source],
        directory,
        Settings(),
        encoder=name,
        opening=lambda _: used,
        rebuild=rebuild,
    )
    return used.encoded if isinstance(used, HashedEncoder) else []


def units(index: Index) -> list[str]:
    texts = index.catalogue.passages(list(range(index.statistics.passages)))
    return [p.text[unit.start : unit.end] for p, _ in texts for unit in p.units]


def check(directory: Path) -> Index:
    """Every unit has its own vector; returns the index."""
    index = Index.open(directory)
    assert index.meaning is not None
    expected = HashedEncoder().passages(units(index))
    assert np.abs(index.meaning.vectors - expected).max() < 1e-3
    return index


def test_every_unit_has_a_vector_and_equal_texts_are_encoded_once(
    corpus: Path, directory: Path
) -> None:
    (corpus / "en/again.md").write_bytes((corpus / "en/antibodies.md").read_bytes())
    texts = make(corpus, directory)
    index = check(directory)
    assert sorted(texts) == sorted(set(units(index)))
    assert len(texts) < len(units(index))


def test_an_update_encodes_what_changed(corpus: Path, directory: Path) -> None:
    make(corpus, directory)
    graft = corpus / "en/graft.txt"
    graft.write_text(f"{graft.read_text(encoding='utf-8')}\nA third sentence.\n", encoding="utf-8")
    assert make(corpus, directory, name=None) == ["A third sentence."]
    check(directory)
    assert make(corpus, directory, name=None) == []


def test_what_is_removed_takes_its_vectors_along(corpus: Path, directory: Path) -> None:
    make(corpus, directory)
    remove_documents(directory, ["en/graft.txt"])
    index = check(directory)
    assert not any("donor" in text for text in units(index))


def test_the_index_on_disk_is_that_in_memory(corpus: Path, directory: Path) -> None:
    make(corpus, directory)
    fresh = build_in_memory(
        load_corpus(corpus), Settings(), encoder="hashed", opening=lambda _: HashedEncoder()
    )
    stored = Index.open(directory)
    assert stored.fingerprint == fresh.fingerprint
    assert stored.meaning is not None
    assert fresh.meaning is not None
    assert (stored.meaning.vectors == fresh.meaning.vectors).all()


def test_without_an_encoder_nothing_changes(corpus: Path, directory: Path, tmp_path: Path) -> None:
    make(corpus, directory, name=None)
    plain = Index.open(directory)
    assert plain.meaning is None
    assert "encoder" not in json.loads(
        (directory / store.current(directory) / "index.json").read_text(encoding="utf-8")
    )
    make(corpus, tmp_path / "other")
    assert Index.open(tmp_path / "other").fingerprint != plain.fingerprint
    make(corpus, tmp_path / "other", name="")
    assert Index.open(tmp_path / "other").fingerprint == plain.fingerprint
    assert Index.open(tmp_path / "other").meaning is None


def test_a_run_that_is_broken_off_is_gone_on_with(corpus: Path, directory: Path) -> None:
    (corpus / "en/facts.txt").write_text(FACTS, encoding="utf-8")
    broken = Breaking()
    with pytest.raises(EncoderError, match="out of order"):
        make(corpus, directory, broken)
    assert not store.exists(directory)
    rest = make(corpus, directory)
    assert not set(rest) & set(broken.encoded)
    assert set(rest) | set(broken.encoded) == set(units(check(directory)))
    assert not (directory / store.PARTIAL).exists()


@pytest.mark.parametrize("harm", ["another encoder", "cut off", "garbled"])
def test_what_a_broken_run_left_is_used_as_far_as_it_is_sound(
    harm: str, corpus: Path, directory: Path
) -> None:
    (corpus / "en/facts.txt").write_text(FACTS, encoding="utf-8")
    broken = Breaking()
    with pytest.raises(EncoderError):
        make(corpus, directory, broken)
    partial = directory / store.PARTIAL
    if harm == "cut off":
        partial.write_bytes(partial.read_bytes()[:-7])
    elif harm == "garbled":
        partial.write_bytes(b"\0" * 100)
    rest = make(corpus, directory, name="other" if harm == "another encoder" else "hashed")
    again = set(rest) & set(broken.encoded)
    assert len(again) == (1 if harm == "cut off" else len(set(broken.encoded)))
    check(directory)


def test_another_encoder_encodes_everything_again(corpus: Path, directory: Path) -> None:
    texts = make(corpus, directory)
    assert make(corpus, directory, name="other") == texts
    assert make(corpus, directory, name="other", rebuild=True) == texts


def test_vectors_that_are_lost_are_a_damaged_index(corpus: Path, directory: Path) -> None:
    make(corpus, directory)
    folder = directory / store.current(directory)
    header = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    del header["files"]["meaning_vectors.npy"]
    (folder / "index.json").write_text(json.dumps(header), encoding="utf-8")
    pointer = f"{folder.name} {store.digest(folder / 'index.json')}\n"
    (directory / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexCorruptedError, match="meaning_vectors is missing"):
        Engine.open(directory)


def test_documents_without_units_have_no_vectors(tmp_path: Path, directory: Path) -> None:
    (tmp_path / "one.md").write_text("# Title\n", encoding="utf-8")
    make(tmp_path / "one.md", directory)
    assert Engine.open(directory, Settings()).meaning is not None
