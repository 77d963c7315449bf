"""Fitting the model of answers: what it rests on, what it leaves alone, what it gives."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evaluation.cli import app
from evaluation.confidence_rows import read_rows
from evaluation.fitting import fit_model
from evaluation.question_set import load_questions
from qa.engine import Engine
from qa.index.update import update_index
from qa.meaning.packaged import PACKAGED
from qa.retrieval.model import FILE, FILE_WITH_MEANING, Model
from qa.settings import Settings
from tests.evaluation.conftest import as_lines
from tests.meaning.hashed import packaged_in_place

HELD_BACK: tuple[dict[str, Any], ...] = tuple(
    {
        "id": f"c{number}",
        "question": "What does a monoclonal antibody bind?",
        "language": "en",
        "evidence": [{"document": "antibodies.txt", "quote": "It is given by infusion"}],
    }
    for number in range(6)
)


def printed(*arguments: str | Path) -> str:
    """What `qa-eval fit` prints."""
    result = CliRunner().invoke(app, ["fit", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    """Lets the command fit on the three small documents."""
    monkeypatch.setattr("evaluation.commands.fit.open_engine", lambda *_: engine)


@pytest.fixture(scope="module")
def fitted(engine: Engine, questions_file: Path) -> Model:
    """The model of the four small questions."""
    return fit_model(engine, load_questions(questions_file, engine).questions)


def test_every_coefficient_has_the_sign_of_its_meaning(fitted: Model) -> None:
    for model in (fitted.support, fitted.confidence):
        pairs = zip(model.coefficients, model.signs, strict=True)
        assert all(coefficient * sign >= 0 for coefficient, sign in pairs)
        assert any(model.coefficients)


def test_thresholds_grow_with_caution(fitted: Model) -> None:
    thresholds = fitted.thresholds
    assert thresholds["eager"] <= thresholds["balanced"] <= thresholds["strict"]


def test_it_tells_evidence_from_what_stands_beside_it(
    engine: Engine, questions_file: Path, fitted: Model
) -> None:
    better = Engine(engine.index, engine.settings, fitted)
    for question in load_questions(questions_file, engine).questions:
        extracts = better.ask(question.text, abstain=False).extracts
        if question.answerable:
            assert any(quote.quote.split()[-1] in extracts[0].text for quote in question.evidence)


def test_progress_reaches_its_total_in_even_steps(engine: Engine, questions_file: Path) -> None:
    seen: list[tuple[int, int]] = []
    questions = load_questions(questions_file, engine).questions
    fit_model(engine, questions, on_progress=lambda done, total: seen.append((done, total)))
    total = 2 * len(questions)
    assert seen == [(done, total) for done in range(1, total + 1)]


@pytest.mark.usefixtures("small")
def test_questions_kept_for_checking_never_reach_the_fit(
    questions_file: Path, tmp_path: Path
) -> None:
    def with_more(split: str) -> Path:
        path = tmp_path / f"{split}.jsonl"
        more = "".join(json.dumps({**one, "split": split}) + "\n" for one in HELD_BACK)
        path.write_text(questions_file.read_text(encoding="utf-8") + more, encoding="utf-8")
        return path

    alone = printed(questions_file)
    assert printed(with_more("check")) == alone
    assert printed(with_more("fit")) != alone


@pytest.mark.usefixtures("small")
def test_what_is_printed_is_what_is_written(
    questions_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    place = tmp_path / FILE
    monkeypatch.setattr("evaluation.commands.fit._FOLDER", tmp_path)
    text = printed(questions_file)
    assert not place.exists()
    assert printed(questions_file, "--write") == ""
    assert place.read_text(encoding="utf-8") == text
    assert printed(questions_file, "--write", "--json") == text
    questions = load_questions(questions_file, engine).questions
    assert Model.of(json.loads(text)) == fit_model(engine, questions, read_rows())


@pytest.mark.usefixtures("small")
def test_the_confidence_is_fitted_to_other_sets_as_well_and_their_rows_are_kept(
    questions_file: Path, answered_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Model.of(json.loads(printed(questions_file)))
    kept = tmp_path / "rows.csv"
    monkeypatch.setattr("evaluation.commands.fit.KEPT", kept)
    monkeypatch.setattr("evaluation.commands.fit._FOLDER", tmp_path)
    with_set = printed(questions_file, "--hidden", answered_set, "--write", "--json")
    assert Model.of(json.loads(with_set)).confidence != alone.confidence
    assert Model.of(json.loads(with_set)).support == alone.support
    assert {row.name for row in read_rows(kept)} == {"small"}


def test_with_vectors_what_meaning_counts_is_fitted_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    packaged_in_place(monkeypatch)
    monkeypatch.setattr("evaluation.commands.fit._FOLDER", tmp_path)
    documents = tmp_path / "documents"
    documents.mkdir()
    text = "Knee trouble is soothed by rest. Cardiac trouble is soothed by salt. Ears need drops."
    (documents / "troubles.txt").write_text(text, encoding="utf-8")
    # To the encoder it is the same word, and to nothing else.
    asked = {"id": "m1", "question": "What soothes coronary trouble?", "language": "en"}
    evidence = [{"document": "troubles.txt", "quote": "Cardiac trouble is soothed by salt."}]
    unanswered = {"id": "m2", "question": "How do I fix a bicycle?", "language": "en"}
    rows = [
        {**asked, "evidence": evidence},
        {**unanswered, "kind": "unanswerable-far", "answerable": False},
    ]
    (tmp_path / "q.jsonl").write_text(as_lines(rows), encoding="utf-8")
    update_index([documents], tmp_path / "index", settings, encoder=PACKAGED)
    printed(tmp_path / "q.jsonl", "--index", tmp_path / "index", "--write")
    assert not (tmp_path / FILE).exists()
    found = Model.of(json.loads((tmp_path / FILE_WITH_MEANING).read_text(encoding="utf-8")))
    assert found.meaning > 0


def test_the_numbers_in_use_are_those_that_the_command_gives() -> None:
    stored = json.loads((resources.files("qa.retrieval") / FILE).read_text(encoding="utf-8"))
    assert json.loads(printed()) == stored, "run `qa-eval fit --write`"
