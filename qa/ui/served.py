"""The documents of the server as a worker process opens them anew."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qa.commands.options import open_engine
from qa.engine import Engine
from qa.errors import WorkError
from qa.settings import Settings


class Served(NamedTuple):
    """Where the documents are, and which they were when work was asked for."""

    location: Path | None
    """Of the index; None for the built-in documents."""
    settings: Settings
    fingerprint: str

    def open(self) -> Engine:
        """An engine over them; raises `WorkError` where the index is another one by now."""
        engine = open_engine(self.location, None, self.settings)
        if engine.fingerprint != self.fingerprint:
            raise WorkError("the documents have just changed; load the page again")
        return engine
