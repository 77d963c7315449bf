"""The command line, `qa`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from qa.commands import shell

_COMMANDS: Final = ("index", "ask", "documents", "coverage", "questions", "serve", "password")
"""Modules of `qa.commands`, in the order of the help."""


class _OnDemand(TyperGroup):
    """Imports the module of the command that is asked for, and of no other."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # By name only: typer likens what was mistyped to them.
        self.commands = {name: TyperCommand(name) for name in _COMMANDS}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        command = typer.main.get_command(import_module(f"qa.commands.{cmd_name}").app)
        command.name = cmd_name
        return command


app = shell.application(
    "qa", "Answers from your documents, word for word and with their sources.", _OnDemand
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    return shell.run(app, "qa", arguments)


if __name__ == "__main__":
    sys.exit(main())
