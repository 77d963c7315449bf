"""`qa password`: the hash of a password for the settings."""

from __future__ import annotations

import typer

from qa.commands.options import UsageError
from qa.commands.shell import interface

app = typer.Typer(add_completion=False)

_SHORTEST = 8


@app.command()
def password() -> None:
    """Ask for the password of instructors, and print the setting that lets them sign in with it."""
    from qa.passwords import hashed

    tr = interface()
    # On stderr, so that the setting alone can be sent to a file.
    given: str = typer.prompt(tr("Password"), hide_input=True, confirmation_prompt=True, err=True)
    if len(given) < _SHORTEST:
        raise UsageError(
            "the password has {count} characters; give at least {least}",
            count=len(given),
            least=_SHORTEST,
        )
    typer.echo(f'instructor_password = "{hashed(given)}"')
