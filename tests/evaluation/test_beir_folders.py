"""Folders in BEIR layout: what is read, and how what is malformed is reported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.beir import load_beir
from evaluation.errors import DatasetError
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.models import Turn
from qa.settings import Settings

MakeSet = Callable[..., Path]
_HEADER = "query-id\tcorpus-id\tscore\n"


def test_a_set_is_read_whole(make_set: MakeSet) -> None:
    dataset = load_beir(make_set())
    assert dataset.name == "small"
    assert [d.id for d in dataset.documents] == ["d1", "d2", "d3", "d4"]
    assert [d.language for d in dataset.documents] == ["en", "en", "fr", "en"]
    assert [q.answerable for q in dataset.queries] == [None, True, None, False]
    assert dataset.queries[0].answers == ("one antigen",)
    assert dataset.queries[2].history == (Turn(speaker="user", text="CD20 ?"),)
    assert dataset.judged == {"q1", "q2", "q3"}
    assert dataset.relevant["q2"] == {"d2"}


def test_a_limit_keeps_the_judgements_of_the_kept_queries(make_set: MakeSet) -> None:
    dataset = load_beir(make_set(), limit=1)
    assert [q.id for q in dataset.queries] == ["q1"]
    assert dataset.judged == {"q1"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [("ANSWERABLE", True), ("PARTIAL", True), ("UNANSWERABLE", False), ("UNDERSPECIFIED", None)],
)
def test_labels_of_answerability(make_set: MakeSet, label: str, expected: bool | None) -> None:
    queries = json.dumps({"_id": "q1", "text": "antibody", "answerability": label})
    dataset = load_beir(make_set(queries=queries, qrels=_HEADER + "q1\td1\t1\n"))
    assert dataset.queries[0].answerable is expected


def test_byte_order_mark_windows_line_ends_and_blank_lines_are_read_over(
    make_set: MakeSet,
) -> None:
    folder = make_set(
        corpus='\ufeff{"_id": "d1", "text": "a"}\r\n\r\n{"_id": "d2", "text": "b"}\r\n',
        queries='\ufeff{"_id": "q1", "text": "a"}\r\n',
        qrels="\ufeffquery-id\tcorpus-id\tscore\r\nq1\td1\t1\r\n",
    )
    dataset = load_beir(folder)
    assert [d.id for d in dataset.documents] == ["d1", "d2"]
    assert dataset.judged == {"q1"}


def test_qrels_need_no_header(make_set: MakeSet) -> None:
    assert load_beir(make_set(qrels="q1\td1\t1\n")).judged == {"q1"}


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("corpus", "", "no documents"),
        ("corpus", "{", "corpus.jsonl:1: not JSON"),
        ("corpus", "[1]\n", "corpus.jsonl:1: expected a JSON object, found list"),
        ("corpus", '{"text": "a"}\n', "corpus.jsonl:1: '_id' must be a string, found nothing"),
        ("corpus", '{"_id": "d1", "text": 2.5}\n', "'text' must be a string, found 2.5"),
        ("corpus", '{"_id": "d", "text": "a"}\n' * 2, "corpus.jsonl:2: id 'd' was already"),
        ("queries", "", "no queries"),
        ("corpus", '{"_id": " ", "text": "a"}\n', "corpus.jsonl:1: '_id' is empty"),
        ("corpus", '{"_id": "d", "text": "a\\ud800"}\n', r"corpus.jsonl:1: '\ud800' is half of"),
        (
            "queries",
            '{"_id": "q", "text": "a", "answers": ["\\uDFFF"]}\n',
            "is half of a character",
        ),
        ("queries", '{"_id": "q", "text": "a", "history": [3]}\n', "a turn of 'history'"),
        ("queries", '{"_id": "q", "text": "a", "history": "x"}\n', "must be a list of turns"),
        ("queries", '{"_id": "q", "text": "a", "answers": {"x": 1}}\n', "a list of strings"),
        ("queries", '{"_id": "q", "text": "a", "answerable": 1}\n', "true or false, found 1"),
        ("queries", '{"_id": "q", "text": "a", "answerability": "YES"}\n', "is 'YES'; expected"),
        ("qrels", _HEADER, "no judgements"),
        ("qrels", _HEADER + "q1 d1 1\n", "test.tsv:2: expected query-id, corpus-id and score"),
        ("qrels", _HEADER + "q1\td1\tyes\n", "test.tsv:2: the score is 'yes'"),
        ("qrels", _HEADER + "q9\td1\t1\n", "test.tsv:2: no query has the identifier 'q9'"),
        ("qrels", _HEADER + "q1\td1\t0.5\n", "test.tsv:2: the score is '0.5'"),
        ("qrels", _HEADER + "q1\td1\tnan\n", "test.tsv:2: the score is 'nan'"),
    ],
)
def test_malformed_parts_are_named(make_set: MakeSet, part: str, text: str, message: str) -> None:
    with pytest.raises(DatasetError) as caught:
        load_beir(make_set(**{part: text}))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("part", "text", "remark"),
    [
        (
            "corpus",
            '{"_id": "d1"}\n{"_id": "d2", "text": null}\n',
            "documents without text",
        ),
        ("queries", '{"_id": "q1", "text": ""}\n', "empty queries, which score 0: 1"),
        ("queries", '{"_id": "q1", "text": "a", "answers": "x"}\n', "'answers' that are one text"),
        ("qrels", "q1\td1\t1.0\n", "scores with a decimal point"),
        ("qrels", "q1\td9\t1\n", "judgements on unknown documents"),
        ("qrels", "q1\td1\t0\nq1\td1\t1\n", "pairs judged more than once, of which the last"),
    ],
)
def test_what_is_unusual_is_taken_and_told(
    make_set: MakeSet, part: str, text: str, remark: str
) -> None:
    parts = {"qrels": "q1\td1\t1\n", part: text}
    dataset = load_beir(make_set(**parts))
    (told,) = [one for one in dataset.remarks if one.startswith(remark)]
    assert re.search(r":[12]$", told.rpartition("the first at ")[2])
    assert dataset.judgements[0].grade == 1


def test_a_query_with_nothing_relevant_is_asked_and_left_out_of_the_averages(
    make_set: MakeSet,
) -> None:
    queries = '{"_id": "q1", "text": "a"}\n{"_id": "q2", "text": "b"}\n'
    dataset = load_beir(make_set(queries=queries, qrels="q1\td1\t1\nq2\td1\t0\n"))
    assert [query.id for query in dataset.queries] == ["q1", "q2"]
    assert dataset.judged == {"q1"}
    (told,) = dataset.remarks
    assert told.startswith("queries with nothing relevant, left out of the averages: 1, the first")


def test_a_document_with_a_title_alone_is_found_by_it(make_set: MakeSet) -> None:
    documents = '{"_id": "d1", "title": "Antigen", "text": ""}\n{"_id": "d2", "text": "rain"}\n'
    dataset = load_beir(make_set(corpus=documents))
    engine = Engine(build_in_memory(dataset.documents, Settings()))
    (hit,) = engine.search("antigens")
    assert (hit.document.id, hit.passage.text) == ("d1", "Antigen")
    assert dataset.documents[0].text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_answers_that_are_one_text_are_one_answer(make_set: MakeSet) -> None:
    queries = '{"_id": "q1", "text": "a", "answers": "one antigen"}\n'
    (query,) = load_beir(make_set(queries=queries, qrels="q1\td1\t1\n")).queries
    assert query.answers == ("one antigen",)


def test_whole_characters_in_escapes_are_read(make_set: MakeSet) -> None:
    documents = '{"_id": "d1", "text": "\\ud83d\\ude00 \\u00e9"}\n'
    dataset = load_beir(make_set(corpus=documents))
    assert dataset.documents[0].text == "😀 é"


def test_a_folder_without_the_files_is_told_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"corpus\.jsonl is missing"):
        load_beir(tmp_path)


def test_a_file_that_is_not_utf8(make_set: MakeSet) -> None:
    folder = make_set()
    (folder / "corpus.jsonl").write_bytes(b'{"_id": "d1", "text": "\xe9"}\n')
    with pytest.raises(DatasetError, match="not UTF-8"):
        load_beir(folder)
