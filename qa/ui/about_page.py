"""The page that says what this is: how answers are made, what they rest on, what is kept."""

from __future__ import annotations

import platform
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version

import streamlit as st

import qa
from qa.index.index import SearchIndex
from qa.locale.translator import Translator
from qa.ui import frame
from qa.ui.engines import chosen_collection
from qa.ui.library import Library

_PACKAGES = ("streamlit", "scikit-learn", "numpy", "scipy", "nltk")
"""What answers and their ranking are made with."""


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    documents = frame.begin(tr, tr("About"))
    if documents is None:
        return
    settings = documents.engine().settings
    said = frame.macros("about", tr)
    with st.container(key="about"):
        st.html(said.purpose())
        st.html(said.how())
        st.html(said.help())
        st.html(
            said.kept(
                conversation_days=settings.conversations.conversation_days,
                log_days=settings.log.question_log_days if settings.log.question_log else 0,
            )
        )
        st.html(said.facts(_facts(documents, tr)))


def _facts(documents: Library, tr: Translator) -> list[tuple[str, str]]:
    """What answers rest on, as names and values."""
    index = documents.engine().index
    known = documents.documents
    licences = Counter(document.licence for document in known if document.licence)
    told = ", ".join(f"{name} ({count})" for name, count in sorted(licences.items()))
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        (tr("Course"), chosen_collection()),
        (tr("Documents"), str(len(known))),
        (tr("Passages"), str(index.statistics.passages)),
        (tr("Indexed"), _indexed(index, tr)),
        (tr("Fingerprint of the index"), documents.fingerprint),
        (tr("Licences of the documents"), told),
        (tr("Version"), f"{qa.__version__} · Python {platform.python_version()} · {packages}"),
        (tr("Licence of the program"), "Apache-2.0"),
    ]


def _indexed(index: SearchIndex, tr: Translator) -> str:
    """When the index was made; empty for one in memory."""
    if index.folder is None:
        return ""
    made = datetime.fromtimestamp(index.folder.stat().st_mtime, UTC)
    return frame.moment(made, "long", tr)
