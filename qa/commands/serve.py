"""`qa serve`: the chat in a browser."""

from __future__ import annotations

import errno
import os
import signal
import socket
import time
from contextlib import suppress
from threading import Thread
from typing import Annotated

import typer

from qa.commands.options import (
    COLLECTION_VARIABLE,
    EDIT_VARIABLE,
    INDEX_VARIABLE,
    Collection,
    IndexFolder,
    index_of,
    say,
)
from qa.commands.shell import interface
from qa.errors import QAError
from qa.locale.message import Message
from qa.settings import Settings

app = typer.Typer(add_completion=False)

_FIRST_PORT = 8501
_PORTS_TRIED = 100
_POLL_SECONDS = 0.1
# Names are resolved to either; a browser that finds somebody else at one of them stays there.
_LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class PortError(QAError):
    """The chat cannot be served on this port."""


@app.command()
def serve(
    index: IndexFolder = None,
    collection: Collection = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=1, max=65535, help=f"Instead of the next free one from {_FIRST_PORT}."
        ),
    ] = None,
    allow_edit: Annotated[
        bool,
        typer.Option(
            "--allow-edit",
            envvar=EDIT_VARIABLE,
            help="Let instructors upload and remove documents, or everybody on this machine.",
        ),
    ] = False,
) -> None:
    """Start the chat and open it in the browser; Ctrl-C ends it."""
    from qa.builtin import shipped

    if index is not None:
        from qa.index import places

        os.environ[INDEX_VARIABLE] = places.require(index, Settings.load())
    if collection is not None:
        index_of(index, collection, Settings.load())
        os.environ[COLLECTION_VARIABLE] = collection
    os.environ[EDIT_VARIABLE] = "1" if allow_edit else ""
    if port is None:
        port = _next_free_port()
    elif trouble := _trouble(port):
        raise _trouble_with(port, trouble)
    Thread(target=_announce, args=(port,), daemon=True).start()
    # Until the server minds it, Ctrl-C is no error to report.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # In this process, so that what ends it ends the server.
    from streamlit.web import cli

    options = (f"--server.port={port}", "--logger.hideWelcomeMessage=true", "--logger.level=error")
    try:
        cli.main(["run", str(shipped("app.py")), *options], "streamlit", standalone_mode=False)
    except SystemExit as ended:
        raise QAError(
            "the server ended with {ended}; its messages are above", ended=ended
        ) from ended


def _next_free_port() -> int:
    last = _FIRST_PORT + _PORTS_TRIED - 1
    for port in range(_FIRST_PORT, last + 1):
        if not _trouble(port):
            return port
    raise PortError(
        "no port is free from {first} to {last}; name another with --port",
        first=_FIRST_PORT,
        last=last,
    )


def _trouble(port: int) -> int | None:
    """Why this port cannot be listened on here, as an `errno`."""
    for family, host in _LOOPBACK:
        with suppress(OSError), socket.socket(family) as probe:
            # As the server does, or a port that was given up a minute ago would count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                # Others, such as a machine without IPv6, are no trouble.
                if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                    return error.errno
    return None


def _trouble_with(port: int, trouble: int) -> PortError:
    if trouble == errno.EACCES:
        return PortError(
            "port {port} is for administrators; name one from 1024 with --port", port=port
        )
    return PortError(
        "port {port} is in use by {holder}; end it, name another with --port, or leave --port out"
        " for the next free one",
        port=port,
        holder=_holder(port) or Message("another process"),
    )


def _holder(port: int) -> Message | None:
    """Which process listens there, as far as the system tells this user."""
    import psutil

    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            here = connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
            if here and connection.pid:
                name = psutil.Process(connection.pid).name()
                return Message("{name} (process {pid})", name=name, pid=connection.pid)
    return None


def _announce(port: int) -> None:
    """Say the address as soon as it is answered."""
    while True:
        with suppress(OSError), socket.create_connection(("localhost", port)):
            break
        time.sleep(_POLL_SECONDS)
    tr = interface()
    say(tr("The chat is at http://localhost:{port} (Ctrl-C ends it)", port=port))
