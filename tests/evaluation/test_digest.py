"""Digests: equal for equal replies, and for no others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from evaluation.cli import app
from evaluation.digest import digest_of, reply_records
from evaluation.question_set import load_questions
from evaluation.records import Query
from qa.engine import Engine
from qa.settings import Settings

MakeSet = Callable[..., Path]
PRINTED = re.compile(r"(\S+)  (\d+) questions  rankings ([0-9a-f]{16})  replies ([0-9a-f]{16})\n")


def printed(*arguments: str | Path) -> list[tuple[str, ...]]:
    """Set, questions and both digests of each line that `qa-eval digest` prints."""
    result = CliRunner().invoke(app, ["digest", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return [match.groups() for match in PRINTED.finditer(result.stdout)]


def test_equal_engines_reply_in_equal_lines(
    engine: Engine, documents_folder: Path, questions_file: Path
) -> None:
    questions = load_questions(questions_file, engine).questions
    again = Engine.from_corpus(documents_folder, Settings())
    first = [record.line for record in reply_records(engine, questions, k=10)]
    assert first == [record.line for record in reply_records(again, questions, k=10)]
    assert len(first) == len(questions)


def test_a_record_has_what_a_reader_sees_with_exact_numbers(engine: Engine) -> None:
    (record,) = reply_records(engine, [Query(id="q", text="Que bloque l'imatinib ?")], k=2)
    answer = engine.ask("Que bloque l'imatinib ?")
    assert [float.fromhex(score) for _, score, _ in record.sources] == [
        hit.score for hit in answer.sources
    ]
    assert [text for *_, text in record.extracts] == [one.text for one in answer.extracts]
    assert record.ranking[0][0] == "kinases.txt"
    assert record.abstained_because is None


def test_a_question_that_is_refused_is_a_reply_too(engine: Engine) -> None:
    refused, asked = reply_records(
        engine, [Query(id="none", text=""), Query(id="q", text="imatinib")], k=2
    )
    assert refused.abstained_because
    assert not refused.ranking
    assert asked.ranking


def test_the_order_and_every_character_count() -> None:
    assert digest_of(["a", "b"]) == digest_of(["a", "b"])
    assert len({digest_of(lines) for lines in (["a", "b"], ["b", "a"], ["ab"], ["a"], [])}) == 5


def test_the_command_tells_rankings_from_replies(make_set: MakeSet, tmp_path: Path) -> None:
    folder, lines = make_set(), tmp_path / "replies.jsonl"
    ((name, count, rankings, replies),) = printed(folder, "--lines", lines)
    assert (name, count) == ("small", "4")
    assert [json.loads(line)[0] for line in lines.read_text("utf-8").splitlines()] == [
        "q1",
        "q2",
        "q3",
        "q4",
    ]
    assert printed(folder) == [(name, count, rankings, replies)]
    ((*_, other_rankings, other_replies),) = printed(folder, "--set", "k1=0.2")
    assert (other_rankings, other_replies) != (rankings, replies)
    ((*_, same_rankings, fewer_extracts),) = printed(folder, "--set", "caution=strict")
    assert same_rankings == rankings
    assert printed(folder, "--limit", "2")[0][1] == "2"
    assert isinstance(fewer_extracts, str)


def test_question_sets_are_put_to_the_built_in_documents(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(
        '{"id": "q", "question": "How do antibodies act?", "language": "en", "answerable": false}',
        encoding="utf-8",
    )
    assert printed(path)[0][:2] == ("one", "1")
