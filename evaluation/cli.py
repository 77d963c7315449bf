"""The command line of the evaluation, `qa-eval`."""

from __future__ import annotations

import sys

import typer

from evaluation.commands import ablation, abstention, beir, calibrate, table
from qa.errors import QAError

app = typer.Typer(
    help="Measure retrieval and answers against question sets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("beir")(beir.beir)
app.command("table")(table.table)
app.command("abstention")(abstention.abstention)
app.command("ablation")(ablation.ablation)
app.command("calibrate")(calibrate.calibrate)


@app.callback()
def _root() -> None:
    """Keeps `beir` a subcommand even while it is the only one."""


def main() -> None:
    """Run a command; what the user can mend is one line on stderr and exit code 2."""
    try:
        app()
    except QAError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
