"""Question sets from and to other formats: nothing is lost on the way there and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.beir import load_beir
from evaluation.errors import DatasetError
from evaluation.exchange.drafts import Draft, Quoted, draft_line, located
from evaluation.exchange.gift import gift_text, read_gift
from evaluation.exchange.moodle import read_moodle
from evaluation.exchange.retrieval_files import (
    qrels_text,
    write_questions_as_beir,
    write_squad_as_beir,
)
from evaluation.exchange.squad import read_squad, squad_text
from evaluation.exchange.tables import csv_text, read_csv
from evaluation.question_set import QuestionSet, load_questions
from evaluation.text_documents import text_document
from qa.engine import Engine


@pytest.fixture(scope="module")
def questions(engine: Engine, questions_file: Path) -> QuestionSet:
    return load_questions(questions_file, engine)


def _written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_csv_there_and_back(engine: Engine, questions: QuestionSet, tmp_path: Path) -> None:
    drafts = read_csv(_written(tmp_path, "set.csv", csv_text(questions)))
    lines = "".join(draft_line(draft) + "\n" for draft in drafts)
    again = load_questions(_written(tmp_path, "set.jsonl", lines), engine)
    assert again.questions == questions.questions


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_spreadsheets(tmp_path: Path, separator: str) -> None:
    rows = [["id", "question", "quote", "answerable"], ["1", '"Why; how, when?"', "because", "oui"]]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    (draft,) = read_csv(_written(tmp_path, "set.csv", text))
    assert draft.question == "Why; how, when?"
    assert draft.answers == ("because",)
    assert draft.answerable


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,text\n", "set.csv:1: no column question"),
        ("id,question\n,a\n", "set.csv:2: 'id' or 'question' is empty"),
        ("id,question\n1,a\n1,b\n", "set.csv:3: id '1' already has another question"),
        ("id,question,answerable\n1,a,maybe\n", "set.csv:2: 'answerable' is 'maybe'"),
        ("id,question,history\n1,a,[\n", "set.csv:2: 'history': not JSON"),
    ],
)
def test_malformed_csv(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        read_csv(_written(tmp_path, "set.csv", text))


def test_csv_of_others(tmp_path: Path) -> None:
    text = "Énoncé,Bonne réponse,Auteur\nWhich dose?,5 mg,X\n,,\nWhy?,,\n"
    drafts = read_csv(_written(tmp_path, "set.csv", text))
    assert [(one.id, one.question, one.answers, one.answerable) for one in drafts] == [
        ("line-2", "Which dose?", ("5 mg",), True),
        ("line-4", "Why?", (), False),
    ]


def test_gift_there_and_back(questions: QuestionSet, tmp_path: Path) -> None:
    drafts, unread = read_gift(_written(tmp_path, "set.gift", gift_text(questions)))
    assert unread == ()
    assert [d.id for d in drafts] == [q.id for q in questions.questions]
    assert [d.question for d in drafts] == [q.text for q in questions.questions]
    assert [d.answers for d in drafts] == [
        tuple(" ".join(e.quote.split()) for e in q.evidence) for q in questions.questions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What\\: a \\{b\\}? {=one#good ~two#bad}", [("What: a {b}?", ("one",))]),
        ("::T::[html]<p>Why?</p>{=%50%x =y}", [("Why?", ("x", "y"))]),
        (
            "// note\n$CATEGORY: a\n\nFirst {=a\n~b}\n\nSecond {}",
            [("First", ("a",))],
        ),
        ("Fill the {=gap} in.", [("Fill the in.", ("gap",))]),
        (
            "::1::Who\n{=a\n~::b}\n::2::[html]When<br>now? {=c}",
            [("Who", ("a",)), ("When now?", ("c",))],
        ),
        ("Which?{~%50%a ~%50%b ~%-100%c}", [("Which?", ("a", "b"))]),
        ("Then? {=a -> b -> c}", [("Then?", ("a -> b -> c",))]),
        (
            "CD4 <200, CV >50 ? {=CD4 < 200 and > 50}",
            [("CD4 <200, CV >50 ?", ("CD4 < 200 and > 50",))],
        ),
        ("[html]D&eacute;finir ? {=5 &lt; 6}", [("Définir ?", ("5 < 6",))]),
    ],
)
def test_gift_of_moodle(
    tmp_path: Path, text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    drafts, _ = read_gift(_written(tmp_path, "set.gift", text))
    assert [(draft.question, draft.answers) for draft in drafts] == expected


def test_what_cannot_be_asked_is_left_out_by_name(tmp_path: Path) -> None:
    text = (
        "::Intro::Read this.\n\n::Q::Match {=a -> b =c -> d}\n\n::Q::Number {#3:1}\n\nTrue {T}\n\n"
        "Explain. {}\n\nNone {~a ~b}\n"
    )
    drafts, unread = read_gift(_written(tmp_path, "set.gift", text))
    assert drafts == ()
    assert unread == (
        "Intro (description)",
        "Q (matching)",
        "Q (2) (number)",
        "gift-4 (true or false)",
        "gift-5 (essay)",
        "gift-6 (no right answer)",
    )


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
 <question type="category"><category><text>$course$/top</text></category></question>
 <question type="multichoice"><name><text>Dose</text></name>
  <questiontext format="html"><text><![CDATA[<p>Quelle dose&nbsp;?</p>]]></text></questiontext>
  <answer fraction="100"><text>5 mg</text></answer><answer fraction="0"><text>6 mg</text></answer>
 </question>
 <question type="essay"><name><text>Rédaction</text></name>
  <questiontext><text>Expliquez.</text></questiontext></question>
</quiz>
"""


def test_a_bank_of_moodle(tmp_path: Path) -> None:
    drafts, unread = read_moodle(_written(tmp_path, "bank.xml", MOODLE))
    assert [(one.id, one.question, one.answers) for one in drafts] == [
        ("Dose", "Quelle dose ?", ("5 mg",))
    ]
    assert unread == ("Rédaction (essay)",)
    with pytest.raises(DatasetError, match=r"<html> is no bank of Moodle"):
        read_moodle(_written(tmp_path, "page.xml", "<html/>"))


def test_squad_there_and_back(engine: Engine, questions: QuestionSet, tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, "set.json", squad_text(questions, engine)))
    assert {text for _, _, text in squad.paragraphs} == {
        engine.document(name).text for name in ("antibodies.txt", "vaccins.txt", "kinases.txt")
    }
    assert {draft.id for draft in squad.drafts} == {q.id for q in questions.questions}
    (without,) = [draft for draft in squad.drafts if not draft.answerable]
    assert without.id == "u1"


def test_answers_of_squad_stand_where_it_says(engine: Engine, questions: QuestionSet) -> None:
    for article in json.loads(squad_text(questions, engine))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                for answer in asked["answers"]:
                    start, text = answer["answer_start"], answer["text"]
                    assert paragraph["context"][start : start + len(text)] == text


@pytest.mark.parametrize(
    ("text", "message"), [("[", "not JSON"), ("{}", "not in the format"), ("[]", "not in the")]
)
def test_malformed_squad(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        read_squad(_written(tmp_path, "set.json", text))


def test_squad_becomes_a_beir_folder(
    engine: Engine, questions: QuestionSet, tmp_path: Path
) -> None:
    squad = read_squad(_written(tmp_path, "set.json", squad_text(questions, engine)))
    write_squad_as_beir(tmp_path / "beir", squad)
    dataset = load_beir(tmp_path / "beir")
    assert len(dataset.documents) == 3
    assert dataset.judged == {"a1", "a2", "a3"}
    assert {q.id: q.answerable for q in dataset.queries}["u1"] is False


def test_a_question_set_becomes_a_beir_folder(
    engine: Engine, questions: QuestionSet, tmp_path: Path
) -> None:
    documents = [engine.document(info.id) for info in engine.documents()]
    write_questions_as_beir(tmp_path / "beir", questions, documents)
    dataset = load_beir(tmp_path / "beir")
    assert set(dataset.judgements) == set(questions.judgements)
    assert dataset.queries[0].answers == ("A monoclonal antibody binds one antigen only.",)


def test_qrels_there_and_back(questions: QuestionSet) -> None:
    judgements = list(questions.judgements)
    lines = [line.split() for line in qrels_text(judgements).splitlines()]
    assert [(query, document, int(grade)) for query, _, document, grade in lines] == judgements


def test_answers_are_looked_up_in_the_documents() -> None:
    documents = [
        text_document(f"d{n}", "", "The common word. " + "Rare one." * (n == 2)) for n in range(6)
    ]
    drafts = [
        Draft(id="1", question="q", answerable=True, answers=("Rare  one", "common word")),
        Draft(id="2", question="q", answerable=True, answers=("nowhere",)),
        Draft(id="3", question="q", answerable=False),
    ]
    found = list(located(drafts, documents))
    assert [draft.evidence for draft in found] == [(Quoted("d2", "Rare  one"),), (), ()]
