"""The command line of the evaluation, `qa-eval`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from evaluation.commands import (
    ablation,
    abstention,
    beir,
    bench,
    compare,
    convert,
    coverage,
    digest,
    extraction,
    fit,
    gate,
    planted,
    run,
    sessions,
    table,
)
from qa.commands import shell

app = shell.application("qa-eval", "Measure retrieval and answers against question sets.")
for _command in (
    run.run,
    compare.compare,
    convert.convert,
    gate.gate,
    beir.beir,
    table.table,
    abstention.abstention,
    ablation.ablation,
    fit.fit,
    coverage.coverage,
    digest.digest,
    extraction.extraction,
    planted.planted,
    bench.bench,
    sessions.sessions,
):
    app.command(_command.__name__)(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    return shell.run(app, "qa-eval", arguments)


if __name__ == "__main__":
    sys.exit(main())
