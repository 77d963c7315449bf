"""`qa questions`: the log of questions, where it is switched on."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.commands.options import AsJson, UsageError, print_json
from qa.commands.shell import interface
from qa.serialise import plain
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.question_log import LoggedQuestion, QuestionLog

app = typer.Typer(
    help="Export or erase the log of questions; show what was asked in vain.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command("export")
def export_questions() -> None:
    """Print the log, one JSON object a line."""
    with closing(_log()) as log:
        for question in log.questions():
            sys.stdout.write(json.dumps(_as_json(question), ensure_ascii=False) + "\n")


@app.command("erase")
def erase_questions(
    every: Annotated[bool, typer.Option("--all", help="Erase all questions.")] = False,
    older_than: Annotated[
        int | None,
        typer.Option("--older-than", metavar="DAYS", min=1, help="Erase those of before."),
    ] = None,
) -> None:
    """Erase all questions, or old ones, for good."""
    if every == (older_than is not None):
        raise UsageError("give --all or --older-than DAYS")
    with closing(_log()) as log:
        erased = log.erase(older_than=older_than or 0)
    typer.echo(interface().ngettext("{count} question erased", "{count} questions erased", erased))


@app.command("gaps")
def show_gaps(as_json: AsJson = False) -> None:
    """Show the questions asked in vain, by nearest objective."""
    from qa.locale.names import REASONS
    from qa.question_log import gaps

    with closing(_log()) as log:
        found = gaps(log.questions())
    if as_json:
        value = [
            {"objective": gap.objective, "questions": [_as_json(one) for one in gap.questions]}
            for gap in found
        ]
        print_json(value)
        return
    tr = interface()
    if not found:
        typer.echo(tr("no question was asked in vain"))
    for gap in found:
        near = gap.objective or tr("no objective near")
        typer.echo(tr("{label}: {value}", label=near, value=len(gap.questions)))
        for question in gap.questions:
            why = tr("voted down") if question.answered else tr("not answered")
            if question.reason:
                why = tr("{label}: {value}", label=why, value=tr(REASONS[question.reason]))
            typer.echo(f"  {' '.join(question.text.split())} ({why})")


def _log() -> QuestionLog:
    from qa.question_log import QuestionLog

    return QuestionLog.require(Settings.load())


def _as_json(question: LoggedQuestion) -> dict[str, Any]:
    return {**plain(question), "asked_at": f"{question.asked_at.isoformat()}Z"}
