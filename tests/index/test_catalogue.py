"""The catalogue gives back what was put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnknownDocumentError
from qa.index.catalogue import Catalogue
from qa.index.catalogue_writer import CatalogueWriter
from qa.index.stored import store_document
from qa.models import Block, Document, Notice, Objective, Passage, Removal, Unit
from qa.passages import split_passages

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple)
OBJECTIVES = st.builds(
    Objective,
    code=st.sampled_from(["OIC-202-03-B", "OIC-001-10-A", "other"]),
    title=TEXT,
    contributors=st.lists(TEXT, max_size=2).map(tuple),
    order=st.one_of(st.none(), st.integers(0, 99)),
)
DOCUMENTS = st.builds(
    Document,
    id=TEXT,
    title=TEXT,
    path=TEXT,
    language=st.sampled_from(["fr", "en"]),
    sha256=TEXT,
    objective=st.one_of(st.none(), OBJECTIVES),
    objectives=st.lists(TEXT, max_size=2).map(tuple),
    based_on=st.lists(TEXT, max_size=2).map(tuple),
    text=TEXT,
    blocks=st.just((Block(kind="paragraph", start=0, end=1, page=2),)),
    key_terms=SPANS,
    removed=st.lists(st.builds(Removal, reason=TEXT, text=TEXT), max_size=2).map(tuple),
    notices=st.lists(st.builds(Notice, kind=TEXT, message=TEXT), max_size=2).map(tuple),
)


UNITS = st.lists(
    st.builds(
        Unit,
        start=st.integers(0, 9),
        end=st.integers(0, 9),
        kind=st.sampled_from(["sentence", "item", "row", "caption", "heading"]),
        leads=st.booleans(),
        header=st.one_of(st.none(), st.integers(0, 9)),
    ),
    max_size=3,
).map(tuple)


@st.composite
def passages_of(draw: st.DrawFn, document: Document) -> Passage:
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(document.text))] * 2)))
    return Passage(
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        language=draw(st.sampled_from(["fr", "en"])),
        heading=tuple(draw(st.lists(TEXT, max_size=2))),
        page=draw(st.one_of(st.none(), st.integers(1, 9))),
        units=draw(UNITS),
    )


def catalogue_of(*documents: tuple[Document, Sequence[Passage]]) -> Catalogue:
    writer = CatalogueWriter()
    for document, passages in documents:
        writer.add([store_document(document, passages)])
    return writer.catalogue()


@given(
    data=st.data(),
    documents=st.lists(DOCUMENTS, min_size=1, max_size=3, unique_by=lambda one: one.id),
)
def test_documents_and_passages_come_back_as_they_were(
    data: st.DataObject, documents: list[Document]
) -> None:
    passages = [data.draw(st.lists(passages_of(document), max_size=3)) for document in documents]
    catalogue = catalogue_of(*zip(documents, passages, strict=True))
    added = [
        (passage, document.info)
        for document, its_own in zip(documents, passages, strict=True)
        for passage in its_own
    ]
    assert catalogue.documents() == tuple(document.info for document in documents)
    assert [catalogue.document(document.id) for document in documents] == documents
    assert catalogue.ids(range(len(documents))[::-1]) == catalogue.document_ids()[::-1]
    backwards = range(len(added) - 1, -1, -1)
    assert catalogue.passages(backwards) == tuple(added[::-1])
    assert catalogue.passage_count() == len(added)
    catalogue.close()


def test_an_unknown_document_is_named() -> None:
    with pytest.raises(UnknownDocumentError, match="'x'"):
        catalogue_of().document("x")


def test_many_passages_are_fetched_in_the_order_asked_for(
    make_document: Callable[..., Document],
) -> None:
    document = make_document(*(f"Sentence number {n} stands alone here." for n in range(1200)))
    passages = split_passages(document, most_words=20)
    catalogue = catalogue_of((document, passages))
    wanted = [n * 7 % len(passages) for n in range(len(passages))]
    assert [passage for passage, _ in catalogue.passages(wanted)] == [passages[n] for n in wanted]


def test_only_known_columns_filter() -> None:
    with pytest.raises(ValueError, match="no filter"):
        catalogue_of().where("text; DROP TABLE documents", ["x"])


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["OIC-202-03-B"], [0]),
        (["OIC-202-03"], [0]),
        (["OIC-202-0"], []),
        (["OIC-001-10-A"], [1]),
        (["OIC-202-03", "OIC-001-10"], [0, 1]),
    ],
)
def test_objectives_name_their_pages_or_else_what_teaches_them(
    make_document: Callable[..., Document], codes: list[str], expected: list[int]
) -> None:
    page = make_document("A page.", id="page")
    course = make_document("A course.", id="course")
    catalogue = catalogue_of(
        (replace(page, objective=Objective(code="OIC-202-03-B")), ()),
        (replace(course, objectives=("OIC-202-03-B", "OIC-001-10-A")), ()),
    )
    assert catalogue.about(codes) == expected
