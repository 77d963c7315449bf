"""The command line, `qa`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from qa.commands import ask, coverage, documents, index, password, questions, serve, shell

app = shell.application("qa", "Answers from your documents, word for word and with their sources.")
app.command("index", no_args_is_help=True)(index.index)
app.command("ask")(ask.ask)
app.add_typer(documents.app, name="documents")
app.command("coverage")(coverage.coverage)
app.add_typer(questions.app, name="questions")
app.command("serve")(serve.serve)
app.command("password")(password.password)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    return shell.run(app, "qa", arguments)


if __name__ == "__main__":
    sys.exit(main())
