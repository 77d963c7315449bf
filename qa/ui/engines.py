"""Which documents the server has open, kept from one run of the page to the next."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from qa.commands.options import INDEX_VARIABLE, open_engine
from qa.settings import Settings
from qa.ui.library import Library


def library() -> Library:
    """The index of `qa serve --index`, or else the built-in documents; raises `QAError`."""
    location = os.environ.get(INDEX_VARIABLE, "")
    return _open(location, _stamp(location))


def _stamp(location: str) -> str:
    """Changes when another generation of the index is swapped in."""
    current = Path(location) / "CURRENT"
    return current.read_text(encoding="utf-8") if location and current.is_file() else ""


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(location: str, stamp: str) -> Library:
    settings = Settings.load()
    index = Path(location) if location else None
    return Library(open_engine(index, None, settings), built_in=index is None)
