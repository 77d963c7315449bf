"""The command line: every command prints its figures, errors are one line and exit code 2."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import qa
from evaluation.ablation import SWITCHES, WITHOUT_MEANING
from evaluation.cli import app, main
from evaluation.errors import GateError
from qa.coverage.point_confidence import fitted_model
from qa.meaning.packaged import PACKAGED
from tests.meaning.hashed import packaged_in_place

MakeSet = Callable[..., Path]
_COMMANDS = (
    "run",
    "compare",
    "convert",
    "gate",
    "beir",
    "table",
    "abstention",
    "ablation",
    "fit",
    "coverage",
    "digest",
    "bench",
)


def _run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def _json(*arguments: str | Path) -> Any:
    return json.loads(_run(*arguments, "--json"))


def test_files_that_cannot_be_read_are_named(questions_file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A monoclonal antibody binds one antigen only.")
    (tmp_path / "b.txt").write_text("")
    told = CliRunner().invoke(app, ["run", str(questions_file), "--corpus", str(tmp_path)]).stderr
    assert re.search(r"^left out: .*b\.txt: no text in it", told, re.MULTILINE)


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_has_help(command: str) -> None:
    assert "Usage" in _run(command, "--help")


def test_beir_prints_the_agreed_keys(make_set: MakeSet, tmp_path: Path) -> None:
    folder = make_set()
    run = tmp_path / "run.trec"
    found = _json("beir", folder, "--run", run)
    agreed = {
        "dataset",
        "documents",
        "queries",
        "nDCG@10",
        "R@100",
        "RR@10",
        "Success@1",
        "index_seconds",
        "queries_per_second",
        "answer_hit",
        "abstention_auroc",
    }
    assert agreed <= set(found)
    lines = run.read_text(encoding="utf-8").splitlines()
    assert {line.split()[0] for line in lines} >= {"q1", "q2", "q3"}


def test_beir_prints_a_list_for_many_sets(make_set: MakeSet) -> None:
    folders = make_set(name="one"), make_set(name="two")
    assert [one["dataset"] for one in _json("beir", *folders)] == ["one", "two"]
    assert "nDCG@10" in _run("beir", *folders)


def test_table(make_set: MakeSet) -> None:
    folder = make_set().parent
    assert _json("table", folder)[0]["nDCG@10"]["this system"] == 1.0
    assert _run("table", folder, "--markdown").startswith("| set")


def test_abstention(make_set: MakeSet) -> None:
    folder = make_set()
    assert [one["labels"] for one in _json("abstention", folder)] == ["hidden half", "own labels"]
    assert "AUROC" in _run("abstention", folder)


def test_ablation(make_set: MakeSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.commands.ablation.SWITCHES", SWITCHES[:2])
    folder = make_set()
    found = _json("ablation", folder)
    assert found["sets"]["small"]["full model"] == 1.0
    assert found["measure"] == "nDCG@10"
    assert SWITCHES[1].part in _run("ablation", folder)


def test_ablation_of_meaning(make_set: MakeSet, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged_in_place(monkeypatch)
    monkeypatch.setattr("evaluation.commands.ablation.SWITCHES", SWITCHES[:1])
    found = _json("ablation", make_set(), "--encoder", PACKAGED)
    assert list(found["sets"]["small"]) == ["full model", WITHOUT_MEANING.part]


def test_run_and_compare(documents_folder: Path, questions_file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "one.json", tmp_path / "two.json"
    shared = ("run", questions_file, "--corpus", documents_folder)
    printed = _run(*shared, "--save", saved[0], "--html", tmp_path / "page.html")
    assert "passage Success@1" in printed
    found = _json(*shared, "--save", saved[1])
    assert found["questions"]["size"] == 4
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert saved[0].read_bytes() == saved[1].read_bytes()
    page = tmp_path / "compared.html"
    assert "do not really differ" in _run("compare", *saved, "--html", page)
    assert _json("compare", *saved)["measures"]["nDCG@10"]["wins"] == 0
    assert page.exists()


def test_bench() -> None:
    found = _json("bench", "--passages", "20", "30", "--questions", "2")
    assert {(one["engine"], one["passages"]) for one in found["timings"]} == {
        (engine, number) for engine in ("qa rank", "qa ask", "qa words") for number in (20, 30)
    }
    assert "multiples" in _run("bench", "--passages", "20", "--questions", "2")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["beir", "{tmp}"], "corpus.jsonl is missing"),
        (["table", "{tmp}"], "no folder with"),
        (["run", "{tmp}/none.jsonl", "--corpus", "{corpus}"], "none.jsonl does not exist"),
        (["compare", "{tmp}/a", "{tmp}/b"], "a does not exist"),
        (["fit", "{tmp}/none.jsonl"], "none.jsonl does not exist"),
        (["convert", "{tmp}/a.docx", "{tmp}/b.jsonl", "--corpus", "{corpus}"], "unknown format"),
        (["convert", "{questions}", "{tmp}/b.xml", "--corpus", "{corpus}"], "unknown format"),
        (["convert", "{tmp}/a.csv", "{tmp}/b.csv", "--corpus", "{corpus}"], "name it *.jsonl"),
        (["beir", "{tmp}", "--set", "k1"], "expected NAME=VALUE"),
        (["beir", "{tmp}", "--set", "nothing=1"], "unknown setting 'nothing'"),
        (
            ["run", "{questions}", "--corpus", "{corpus}", "--html", "{tmp}/no/page.html"],
            "No such file",
        ),
    ],
)
def test_errors_are_told_on_stderr(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    documents_folder: Path,
    questions_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"tmp": tmp_path, "corpus": documents_folder, "questions": questions_file}
    filled = [argument.format(**places) for argument in arguments]
    assert main(filled) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("qa-eval: ")
    assert message in output.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["beir", "one", "two", "--run", "run.trec"],
        ["run", "--index", "a", "--corpus", "b"],
        ["fit", "--target", "both"],
        ["beir"],
    ],
)
def test_options_that_make_no_sense(arguments: list[str]) -> None:
    assert main(arguments) == 2


@pytest.mark.parametrize("suffix", ["csv", "gift", "json"])
def test_convert_there_and_back(
    suffix: str, documents_folder: Path, questions_file: Path, tmp_path: Path
) -> None:
    there, back = tmp_path / f"set.{suffix}", tmp_path / "set.jsonl"
    shared = ("--corpus", documents_folder)
    _run("convert", questions_file, there, *shared)
    _run("convert", there, back, *shared)
    found = [json.loads(line) for line in back.read_text(encoding="utf-8").splitlines()]
    assert sorted(one["id"] for one in found) == ["a1", "a2", "a3", "u1"]


def test_convert_to_files_of_retrieval(
    documents_folder: Path, questions_file: Path, tmp_path: Path
) -> None:
    for name in ("set.qrels", "beir", "set.json"):
        _run("convert", questions_file, tmp_path / name, "--corpus", documents_folder)
    _run("convert", tmp_path / "set.json", tmp_path / "paragraphs")
    assert (tmp_path / "set.qrels").read_text(encoding="utf-8").startswith("a1 0 antibodies.txt 1")
    assert _json("beir", tmp_path / "beir", tmp_path / "paragraphs")[1]["documents"] == 3


def test_gate_is_pinned_held_and_not_lowered(
    documents_folder: Path, questions_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluation.commands.gate.corpus_path", lambda: documents_folder)
    monkeypatch.setattr("evaluation.commands.gate.BUILT_IN", questions_file)
    file = tmp_path / "gate.toml"
    shared = ("gate", "--file", str(file))
    assert "reached" in _run(*shared, "--pin")
    assert "floor" in _run(*shared)
    worse = ("--set", "caution=strict", "--set", "neighbours=0", "--set", "glossary_weight=0")
    assert isinstance(CliRunner().invoke(app, [*shared, *worse]).exception, GateError)
    raised = file.read_text(encoding="utf-8").replace('"nDCG@10" = 1.000', '"nDCG@10" = 1.100')
    file.write_text(raised, encoding="utf-8")
    refused = CliRunner().invoke(app, [*shared, "--pin"]).exception
    assert "would lower nDCG@10" in str(refused)
    _run(*shared, "--pin", "--allow-lower")
    assert '"nDCG@10" = 1.000' in file.read_text(encoding="utf-8")


def test_a_run_that_cannot_be_written_is_told_before_measuring(
    make_set: MakeSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = '{"_id": "d 1", "text": "An antibody binds one antigen."}\n'
    folder = make_set(corpus=corpus, qrels="q1\td 1\t1\n")
    monkeypatch.setattr("evaluation.commands.beir.measure_set", pytest.fail)
    result = CliRunner().invoke(app, ["beir", str(folder), "--run", str(tmp_path / "run")])
    assert "'d 1' has white space" in str(result.exception)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("command", ["beir", "table", "abstention", "ablation"])
def test_what_is_unusual_in_a_set_is_told_on_stderr(make_set: MakeSet, command: str) -> None:
    folder = make_set(qrels="q1\td1\t1.0\nq2\td2\t1\n")
    result = CliRunner().invoke(app, [command, str(folder), "--json"])
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("warning: scores with a decimal point")
    json.loads(result.stdout)


def test_it_ends_as_the_other_command_line_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"qa-eval {qa.__version__}\n"
    assert main(["compare", "no", "no"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert main(["beir", "one", "two", "--run", "run.trec"]) == 2
    assert capsys.readouterr().err == (
        "qa-eval: un fichier de résultats contient le classement d'un seul dossier\n"
    )


def test_coverage_fits_the_numbers_in_use() -> None:
    assert _run("coverage", "--fit").endswith(json.dumps(fitted_model().as_json(), indent=1) + "\n")
