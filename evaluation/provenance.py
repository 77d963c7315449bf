"""What a figure rests on: the index, the settings, the versions of the libraries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import qa
from qa.engine import Engine
from qa.settings import ClusterSettings, Settings, WorkSettings

LIBRARIES: Final = (
    "ir-measures",
    "nltk",
    "numpy",
    "PyStemmer",
    "pytrec-eval-terrier",
    "scikit-learn",
    "scipy",
)
_NO_MATTER: Final = frozenset(
    {
        *("cache_dir", "question_log", "question_log_days"),
        *(one.name for one in fields(WorkSettings)),
        *(one.name for one in fields(ClusterSettings)),
    }
)
"""Settings that change no figure; the address of a log may hold a password, and is nobody's
business in a report."""


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings that can change a figure."""
    return {name: value for name, value in settings.by_name().items() if name not in _NO_MATTER}


def settings_digest(settings: Settings) -> str:
    """Identifies the settings that can change a figure, 16 hexadecimal digits."""
    text = json.dumps(settings_record(settings), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def library_versions() -> dict[str, str]:
    """Versions of this program and of the libraries that it computes with."""
    found = {"qa": qa.__version__}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def provenance(engine: Engine) -> dict[str, Any]:
    """All of it, as reports carry it."""
    return {
        "index_fingerprint": engine.fingerprint,
        "settings": settings_record(engine.settings),
        "libraries": library_versions(),
    }
