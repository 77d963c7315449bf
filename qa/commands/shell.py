"""Runs a command line: every outcome is an exit code, every error one line on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated
from unicodedata import category

import typer
from typer.core import TyperGroup

from qa import __version__
from qa.errors import QAError
from qa.garbage import look_for_garbage_less
from qa.locale.translator import Translator, translator
from qa.settings import interface_language

_USAGE = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 1
# Control characters, lone surrogates, line and paragraph separators.
_ESCAPED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Text of others on one line of a terminal: line breaks and control characters as escapes."""
    return "".join(
        one.encode("unicode_escape").decode() if category(one) in _ESCAPED else one for one in text
    )


def interface() -> Translator:
    """The texts of the command line, in the language of the environment."""
    return translator(interface_language())


def application(program: str, about: str, commands: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """A command line without commands: what all have in common."""
    app = typer.Typer(
        cls=commands,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def root(
        version: Annotated[
            bool, typer.Option("--version", help="Print the version and stop.")
        ] = False,
    ) -> None:
        if version:
            typer.echo(f"{program} {__version__}")
            raise typer.Exit

    return app


def run(app: typer.Typer, program: str, arguments: Sequence[str] | None = None) -> int:
    """Run `app` with these arguments, or those of the process, and return its exit code.

    2 for what the user can mend, 130 for Ctrl-C, as shells have it.
    """
    look_for_garbage_less()
    try:
        code = app(arguments, prog_name=program, standalone_mode=False)
        sys.stdout.flush()
    except QAError as error:
        flat = (" ".join(line.split()) for line in error.lines(interface()))
        return _fail(program, "\n".join(map(printable, flat)), error.exit_code)
    except typer.TyperException as error:
        message = error.format_message().rstrip(".")
        # Without arguments the help has been printed, and nothing is left to say.
        if not message:
            return _USAGE
        tr = interface()
        hint = tr("see `{program} --help`", program=program)
        return _fail(program, printable(f"{message} ({hint})"), _USAGE)
    except typer.Abort:
        code = _INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): what is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    if code == _INTERRUPTED:
        tr = interface()
        return _fail(program, tr("interrupted"), _INTERRUPTED)
    return code if isinstance(code, int) else 0


def _fail(program: str, message: str, code: int) -> int:
    sys.stderr.write(f"{program}: {message}\n")
    return code
