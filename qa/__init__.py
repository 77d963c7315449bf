"""Cited answers from teaching documents: every answer is verbatim text of a source."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.errors import QAError
    from qa.models import Answer, Document, Hit, Passage, Turn
    from qa.reading import load_corpus
    from qa.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Document",
    "Engine",
    "Hit",
    "Passage",
    "QAError",
    "Settings",
    "Turn",
    "load_corpus",
]

_HOMES: Final = {
    "Answer": "qa.models",
    "Document": "qa.models",
    "Engine": "qa.engine",
    "Hit": "qa.models",
    "Passage": "qa.models",
    "QAError": "qa.errors",
    "Settings": "qa.settings",
    "Turn": "qa.models",
    "load_corpus": "qa.reading",
}


def __getattr__(name: str) -> Any:
    # Imported when first asked for: `qa --help` and `qa ask` start without what they do not use.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
