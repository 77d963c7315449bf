"""An index brought up to date is the index built from nothing, byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index import store
from qa.index.catalogue import Catalogue
from qa.index.update import update_index
from qa.index.verify import verify_index
from qa.settings import Settings

WORDS = st.sampled_from(
    ["antibody", "antibodies", "anticorps", "cellule", "kinase", "the", "la", "CAR-T", "202"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
FILES = st.sampled_from(["a/x.txt", "a/y.md", "b/x.txt", "b/sub/z.txt", "a/sub/z.txt"])
STEP = st.tuples(
    st.dictionaries(FILES, st.one_of(TEXTS, st.none()), min_size=1, max_size=3),
    st.sampled_from(["a", "b", "ab"]),
)
OPTIONS = Settings().changed({"title_weight": 0.3, "heading_weight": 0.7})


def content(directory: Path) -> dict[str, object]:
    """All that an index is, apart from the name of its generation."""
    stored = store.open_index(directory, verify=True)
    catalogue = Catalogue.open(stored.folder)
    found = {
        id_: (catalogue.document(id_), catalogue.passages_of(id_))
        for id_ in catalogue.document_ids()
    }
    catalogue.close()
    arrays = {
        name: (array.dtype, array.tobytes()) for name, array in stored.generation.arrays.items()
    }
    return {"documents": found, "arrays": arrays, "fingerprint": stored.generation.fingerprint}


def write(root: Path, files: Iterable[tuple[str, str | None]]) -> None:
    for name, text in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")


@settings(max_examples=25)
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_updates_end_where_a_build_from_nothing_does(
    steps: Sequence[tuple[dict[str, str | None], str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        # Each source keeps one file that can be read, so that no step is an error.
        write(root, [("a/always.txt", "Some words."), ("b/always.txt", "Other words.")])
        for changes, given_now in steps:
            write(root, changes.items())
            update_index([root / name for name in given_now], root / "index", OPTIONS)
        update_index([root / "a", root / "b"], root / "index", OPTIONS)
        update_index([root / "b", root / "a"], root / "fresh", OPTIONS)
        assert content(root / "index") == content(root / "fresh")
        verify_index(root / "index")
