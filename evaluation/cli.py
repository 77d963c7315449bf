"""The command line of the evaluation, `qa-eval`."""

from __future__ import annotations

import sys

import typer

from evaluation.commands import (
    ablation,
    abstention,
    beir,
    bench,
    calibrate,
    compare,
    convert,
    coverage,
    digest,
    gate,
    run,
    table,
)
from qa.errors import QAError

app = typer.Typer(
    help="Measure retrieval and answers against question sets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _command in (
    run.run,
    compare.compare,
    convert.convert,
    gate.gate,
    beir.beir,
    table.table,
    abstention.abstention,
    ablation.ablation,
    calibrate.calibrate,
    coverage.coverage,
    digest.digest,
    bench.bench,
):
    app.command(_command.__name__)(_command)


def main() -> None:
    """Run a command; what the user can mend is one line on stderr and exit code 2."""
    try:
        app()
    except QAError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
