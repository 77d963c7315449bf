"""Cited answers from teaching documents: every answer is verbatim text of a source."""

from qa.engine import Engine
from qa.errors import QAError
from qa.models import Answer, Document, Hit, Passage, Turn
from qa.reading import load_corpus
from qa.settings import Settings

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
