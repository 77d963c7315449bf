"""Which documents a session has open, kept from one run of the page to the next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import streamlit as st

from qa.collections import collection_index, collections_in
from qa.commands.options import (
    COLLECTION_VARIABLE,
    EDIT_VARIABLE,
    INDEX_VARIABLE,
    open_engine,
)
from qa.errors import EditingError, QAError
from qa.index.cluster.address import Address
from qa.index.places import stamp
from qa.settings import Settings
from qa.ui import roles
from qa.ui.library import Library

COLLECTION: Final = "collection"
"""Where a session keeps the name of the collection that it chose; empty for none."""
NEW_COLLECTION: Final = "new-collection"
"""Where it keeps the name of one that is to be opened once it is there."""
_KEPT: Final = 8


def index_location() -> Path | None:
    """The index of `qa serve --index` or of the collection, or none for the built-in documents."""
    if location := os.environ.get(INDEX_VARIABLE, ""):
        return Path(location)
    name = chosen_collection()
    return Settings.load().collections_dir.resolve() / name if name else None


def collections() -> tuple[str, ...]:
    """The names to choose from, the empty one for the built-in documents; none with `--index`."""
    if os.environ.get(INDEX_VARIABLE):
        return ()
    names = collections_in(Settings.load().collections_dir)
    return names if os.environ.get(COLLECTION_VARIABLE) else ("", *names)


def chosen_collection() -> str:
    """The collection that the session chose, or else that of `qa serve --collection`."""
    known = collections()
    started_with = os.environ.get(COLLECTION_VARIABLE, "")
    chosen = st.session_state.get(COLLECTION)
    return str(chosen) if chosen in known else started_with if known else ""


def editing_is_on() -> bool:
    """Whether the server lets documents be changed at all."""
    return bool(os.environ.get(EDIT_VARIABLE))


def may_edit() -> bool:
    """Whether this session may change the documents."""
    return editing_is_on() and roles.at_least("instructor")


def index_to_edit(collection: str) -> Path:
    """The index that uploads go to, one of a new name perhaps.

    Raises `EditingError` where nothing may be changed, `CollectionError` for a bad name.
    """
    if not may_edit():
        raise EditingError("the documents cannot be changed here; start `qa serve --allow-edit`")
    if location := os.environ.get(INDEX_VARIABLE, ""):
        if Address.of(location) is not None:
            raise EditingError(
                "an index in a cluster is not changed here; run `qa index` where it was made"
            )
        return Path(location)
    return collection_index(Settings.load().collections_dir.resolve(), collection)


def library() -> Library:
    """The documents of this session; raises `QAError`."""
    location = index_location()
    return _open(location, stamp(location, Settings.load()) if location else "")


def latest(documents: Library) -> Library:
    """The documents as they are now, which a page that was drawn a while ago does not know."""
    try:
        return library()
    except QAError:
        return documents


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _open(location: Path | None, stamp: str) -> Library:
    settings = Settings.load()
    engine = open_engine(location, None, settings)
    return Library(engine, built_in=location is None, location=location)
