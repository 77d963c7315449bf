"""Which documents the server has open, kept from one run of the page to the next."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from qa.commands.options import INDEX_VARIABLE, open_engine
from qa.settings import Settings
from qa.ui.library import Library


def index_location() -> Path | None:
    """The index of `qa serve --index`, or none for the built-in documents."""
    location = os.environ.get(INDEX_VARIABLE, "")
    return Path(location) if location else None


def library() -> Library:
    """The documents that are served; raises `QAError`."""
    location = index_location()
    return _open(location, _stamp(location))


def _stamp(location: Path | None) -> str:
    """Changes when another generation of the index is swapped in."""
    current = location / "CURRENT" if location else None
    return current.read_text(encoding="utf-8") if current and current.is_file() else ""


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(location: Path | None, stamp: str) -> Library:
    settings = Settings.load()
    engine = open_engine(location, None, settings)
    return Library(engine, built_in=location is None, location=location)
