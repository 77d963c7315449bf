"""What the documents say is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import qa
from evaluation.cli import app as evaluation_app
from qa.cli import app

ROOT = Path(qa.__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def commands(program: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with its path."""
    if not hasattr(program, "list_commands"):
        yield name, program
        return
    context = typer.Context(program)
    for one in program.list_commands(context):
        yield from commands(program.get_command(context, one), f"{name} {one}")


COMMANDS = {
    path: command
    for name, program in (("qa", app), ("qa-eval", evaluation_app))
    for path, command in commands(typer.main.get_command(program), name)
}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_and_is_in_the_readme(path: str) -> None:
    text = COMMANDS[path].help
    assert text.strip().endswith((".", ";", ")")) or "\n" in text
    assert f"`{path}" in README or f"\n{path}" in README


@pytest.mark.parametrize("path", [path for path in COMMANDS if path.startswith("qa ")])
def test_every_option_has_help(path: str) -> None:
    for parameter in COMMANDS[path].params:
        assert getattr(parameter, "help", None), f"{path}: {parameter.name}"


@pytest.mark.parametrize("path", COMMANDS)
def test_where_an_index_goes_a_collection_goes(path: str) -> None:
    metavars = {parameter.name: parameter.metavar for parameter in COMMANDS[path].params}
    assert ("PLACE" in metavars.values()) == ("collection" in metavars)


@pytest.mark.parametrize("target", ["app", "test", "fix", "check", "evaluate", "glossary"])
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_links_to_files_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert target.startswith("http") or (ROOT / target).exists(), f"{name}: {target}"


def test_the_version_is_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {qa.__version__}\n" in citation


def test_the_python_of_the_readme_runs(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(program.replace("my-documents", corpus.as_posix()), {})  # noqa: S102 - our own text
    assert "it blocks a soluble ligand such as TNF" in capsys.readouterr().out


PAGE = (ROOT / "docs" / "reading-a-question.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("program", "printed"), re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", PAGE, re.DOTALL)
)
def test_the_question_taken_apart_is_read_as_its_page_says(
    program: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(program, {})  # noqa: S102 - our own text
    assert capsys.readouterr().out.rstrip() == printed.rstrip()
