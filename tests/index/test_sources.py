"""Identifiers of documents, and which folder a file belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SourceNotFoundError
from qa.index.sources import Origin, assign_ids, scan

NAMES = st.sampled_from(["a", "b", "docs", "x"])
ORIGINS = st.lists(
    st.tuples(
        st.lists(NAMES, min_size=1, max_size=3).map("/".join),
        st.lists(NAMES, min_size=1, max_size=2).map("/".join),
    ),
    unique_by=lambda pair: "/".join(pair),
    max_size=8,
).map(lambda pairs: [origin(f"/{root}", file) for root, file in pairs])


def origin(root: str, file: str) -> Origin:
    return Origin(root=root, file=file, key="")


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([], ()),
        ([("/d", "x"), ("/e", "y")], ("x", "y")),
        ([("/d", "x"), ("/e", "x"), ("/e", "y")], ("d/x", "e/x", "y")),
        ([("/a/d", "x"), ("/b/d", "x")], ("a/d/x", "b/d/x")),
        ([("/d", "x"), ("/e", "x"), ("/f", "d/x")], ("/d/x", "e/x", "f/d/x")),
    ],
)
def test_documents_are_named_by_path(
    origins: list[tuple[str, str]], expected: tuple[str, ...]
) -> None:
    assert assign_ids([origin(*one) for one in origins]) == expected


@given(ORIGINS)
def test_no_two_documents_share_an_identifier(origins: list[Origin]) -> None:
    ids = assign_ids(origins)
    assert len(set(ids)) == len(origins)
    for one, id_ in zip(origins, ids, strict=True):
        assert one.path.as_posix().endswith(id_)


@given(ORIGINS)
def test_identifiers_do_not_depend_on_the_order(origins: list[Origin]) -> None:
    backwards = assign_ids(origins[::-1])[::-1]
    assert assign_ids(origins) == backwards


def test_a_file_belongs_to_the_outermost_folder_that_was_given(
    corpus: Path, tmp_path: Path
) -> None:
    alone = scan([corpus / "en" / "graft.txt"], [], leave_out=tmp_path / "index")
    assert [(o.root, o.file) for o in alone.origins] == [((corpus / "en").as_posix(), "graft.txt")]
    within = scan([corpus / "en"], [corpus], leave_out=tmp_path / "index")
    assert {o.file for o in within.origins} == {"en/antibodies.md", "en/graft.txt"}
    assert within.folders == (corpus,)
    assert (corpus / "en" / "gone.txt").as_posix() in within.covered
    assert (corpus / "fr" / "vaccins.md").as_posix() not in within.covered


def test_a_file_given_twice_is_one_document(corpus: Path, tmp_path: Path) -> None:
    found = scan([corpus, corpus / "en", corpus / "en/graft.txt"], [], leave_out=tmp_path / "i")
    assert len(found.origins) == 3


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="nowhere"):
        scan([tmp_path / "nowhere"], [], leave_out=tmp_path)
