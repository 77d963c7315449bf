"""`qa coverage`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.cli import main

TABLE = "id,title,language\nA,How monoclonal antibodies block TNF,en\nB,Treating snake bites,en\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "objectives.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_readable_table(
    corpus: Path, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["coverage", "--corpus", str(corpus), "--objectives", str(table)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 objectives: 0 covered, 1 partly, 1 missing\n")
    assert shown.index("Treating snake bites") < shown.index("How monoclonal antibodies")
    assert "A point is covered where" in shown


def test_json_only(corpus: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["coverage", "--corpus", str(corpus), "--objectives", str(table), "--json"]
    assert main(arguments) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["objectives"]] == ["B", "A"]


@pytest.mark.parametrize(("option", "start"), [("--csv", "\ufeffobjective,"), ("--html", "<!doc")])
def test_files(corpus: Path, table: Path, tmp_path: Path, option: str, start: str) -> None:
    path = tmp_path / "out"
    arguments = ["coverage", "--corpus", str(corpus), "--objectives", str(table)]
    assert main([*arguments, option, str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (["--index", "x"], "give --index or --corpus, not both"),
        (["--json", "--html", "x"], "give one of --json, --csv FILE and --html FILE"),
        ([], "give a file with --objectives FILE"),
        (["--objectives", "none.csv"], "none.csv: No such file or directory"),
    ],
)
def test_errors_are_one_line(
    corpus: Path, capsys: pytest.CaptureFixture[str], extra: list[str], message: str
) -> None:
    assert main(["coverage", "--corpus", str(corpus), *extra]) == 2
    written = capsys.readouterr().err
    assert message in written
    assert written.count("\n") == 1


def test_a_place_that_cannot_be_written(
    corpus: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["coverage", "--corpus", str(corpus), "--objectives", str(table)]
    assert main([*arguments, "--csv", str(tmp_path / "no" / "file.csv")]) == 2
    assert "choose another place" in capsys.readouterr().err
