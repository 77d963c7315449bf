"""`qa serve`: the chat in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from qa.commands.options import INDEX_VARIABLE, IndexFolder
from qa.errors import QAError

# As in `.streamlit/config.toml`, which is only found where the server is started beside it.
_OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--server.showEmailPrompt=false",
    "--runner.postScriptGC=false",
)


def serve(
    index: IndexFolder = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="Instead of a free one from 8501."),
    ] = None,
) -> None:
    """Start the chat and open it in the browser; Ctrl-C ends it."""
    from qa.builtin import shipped

    environment = dict(os.environ)
    if index is not None:
        from qa.index import store

        store.require(index)
        environment[INDEX_VARIABLE] = str(index.resolve())
    command = [sys.executable, "-m", "streamlit", "run", str(shipped("app.py"))]
    command += _OPTIONS
    if port is not None:
        command.append(f"--server.port={port}")
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603 - no shell, own program
        try:
            code = process.wait()
        except KeyboardInterrupt:
            # The terminal has sent it to both; the server ends by itself.
            process.wait()
            return
    if code:
        raise QAError("the server ended with code {code}; its messages are above", code=code)
