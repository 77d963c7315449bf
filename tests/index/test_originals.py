"""What documents were read from: given out only while it is what was read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.errors import UnknownDocumentError
from qa.index.originals import Originals
from qa.index.update import update_index
from qa.index.verify import compare_originals
from qa.settings import Settings


@pytest.fixture
def engine(corpus: Path, tmp_path: Path, settings: Settings) -> Engine:
    with zipfile.ZipFile(corpus / "more.zip", "w") as archive:
        archive.writestr("liver.txt", "The liver makes bile.")
    update_index([corpus], tmp_path / "index", settings)
    return Engine.open(tmp_path / "index")


@pytest.mark.parametrize("name", ["en/graft.txt", "more.zip/liver.txt"])
def test_the_bytes_that_were_read_are_given_out(engine: Engine, name: str) -> None:
    document = engine.document(name)
    originals = Originals(engine.index)
    original = originals.original(document)
    assert original is not None
    assert original.state == "unchanged"
    assert originals.data(document).decode().strip() == document.text.strip()


def test_a_file_that_changed_or_went_is_said_to_and_kept(engine: Engine, corpus: Path) -> None:
    document = engine.document("en/graft.txt")
    originals = Originals(engine.index)
    path = corpus / "en/graft.txt"
    path.write_text("Something else, that nobody indexed.\n", encoding="utf-8")
    found = originals.original(document)
    assert found is not None
    assert found.state == "changed"
    with pytest.raises(UnknownDocumentError):
        originals.data(document)
    path.unlink()
    found = originals.original(document)
    assert found is not None
    assert found.state == "missing"


def test_a_file_that_is_swapped_for_a_link_is_not_given_out(
    engine: Engine, corpus: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not indexed", encoding="utf-8")
    path = corpus / "en/graft.txt"
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(UnknownDocumentError):
        Originals(engine.index).data(engine.document("en/graft.txt"))


def test_an_index_in_memory_has_none(corpus: Path, settings: Settings) -> None:
    engine = Engine.from_corpus(corpus, settings)
    document = engine.document("en/graft.txt")
    assert Originals(engine.index).original(document) is None
    with pytest.raises(UnknownDocumentError):
        Originals(engine.index).data(document)


def test_every_passage_is_looked_for_in_its_original(
    engine: Engine, corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    (corpus / "en/graft.txt").unlink()
    (corpus / "fr/vaccins.md").write_text("# Vaccins\n\nRien de cela.\n", encoding="utf-8")
    antibodies = corpus / "en/antibodies.md"
    whole = antibodies.read_text(encoding="utf-8")
    antibodies.write_text(f"{whole}\nOne more word.\n", encoding="utf-8")
    compared = {
        one.document_id: one for one in compare_originals(tmp_path / "index", settings.reading)
    }
    assert compared["more.zip/liver.txt"].is_same
    assert compared["en/graft.txt"].state == "missing"
    lost, grown = compared["fr/vaccins.md"], compared["en/antibodies.md"]
    assert (lost.state, lost.found) == ("changed", 0)
    assert grown.state == "changed"
    assert 0 < grown.found <= grown.passages
    assert not any(one.is_same for one in (lost, grown))
