"""The server side of the application: Streamlit's, behind the guard."""

from __future__ import annotations

from functools import cache

from starlette.middleware import Middleware
from streamlit import config, runtime

from qa.errors import QAError
from qa.settings import Settings
from qa.ui.engines import editing_is_on
from qa.ui.guard import EDITOR_BYTES, EDITOR_FILES, MOST_BYTES, MOST_FILES, Guard
from qa.ui.reader import ReaderCookie


def middleware() -> list[Middleware]:
    """What every request goes through before Streamlit sees it."""
    most = (EDITOR_FILES, EDITOR_BYTES) if editing_is_on() else (MOST_FILES, MOST_BYTES)
    return [
        Middleware(Guard, held=held, allowed=allowed_origins, most=most),
        Middleware(ReaderCookie, days=kept_days),
    ]


@cache
def kept_days() -> int:
    """Days for which conversations are kept."""
    try:
        return Settings.load().conversations.conversation_days
    except QAError:
        # The pages say what is wrong with the settings.
        return 0


def held(session: str) -> tuple[int, int]:
    """How many files a session has uploaded, and their bytes."""
    manager = runtime.get_instance().uploaded_file_mgr
    files = getattr(manager, "file_storage", {}).get(session, {}).values()
    return len(files), sum(len(file.data) for file in files)


def allowed_origins() -> list[str]:
    """Other origins that the settings of Streamlit name."""
    return list(config.get_option("server.corsAllowedOrigins") or ())
