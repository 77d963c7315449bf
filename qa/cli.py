"""The command line, `qa`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from qa import __version__
from qa.commands import ask, coverage, documents, index, questions, serve, shell

app = typer.Typer(
    help="Answers from your documents, word for word and with their sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("index", no_args_is_help=True)(index.index)
app.command("ask")(ask.ask)
app.add_typer(documents.app, name="documents")
app.command("coverage")(coverage.coverage)
app.add_typer(questions.app, name="questions")
app.command("serve")(serve.serve)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"qa {__version__}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    return shell.run(app, "qa", arguments)


if __name__ == "__main__":
    sys.exit(main())
