"""The server side of the application: Streamlit's, behind the guard."""

from __future__ import annotations

from starlette.middleware import Middleware
from streamlit import config, runtime

from qa.ui.engines import editing_is_on
from qa.ui.guard import EDITOR_BYTES, EDITOR_FILES, MOST_BYTES, MOST_FILES, Guard


def middleware() -> list[Middleware]:
    """What every request goes through before Streamlit sees it."""
    most = (EDITOR_FILES, EDITOR_BYTES) if editing_is_on() else (MOST_FILES, MOST_BYTES)
    return [Middleware(Guard, held=held, allowed=allowed_origins, most=most)]


def held(session: str) -> tuple[int, int]:
    """How many files a session has uploaded, and their bytes."""
    manager = runtime.get_instance().uploaded_file_mgr
    files = getattr(manager, "file_storage", {}).get(session, {}).values()
    return len(files), sum(len(file.data) for file in files)


def allowed_origins() -> list[str]:
    """Other origins that the settings of Streamlit name."""
    return list(config.get_option("server.corsAllowedOrigins") or ())
