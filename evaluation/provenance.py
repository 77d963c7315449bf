"""What a figure rests on: the index, the settings, the versions of the libraries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import qa
from qa.engine import Engine
from qa.settings import Settings

LIBRARIES: Final = (
    "ir-measures",
    "nltk",
    "numpy",
    "PyStemmer",
    "pytrec-eval-terrier",
    "scikit-learn",
    "scipy",
)


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings that can change a figure; the others, addresses and passwords, are private."""
    stages = (
        settings.reading,
        settings.index,
        settings.ranking,
        settings.answering,
        settings.coverage,
    )
    return {field.name: getattr(stage, field.name) for stage in stages for field in fields(stage)}


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
