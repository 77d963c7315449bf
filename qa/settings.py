"""Every value that can be tuned, in one frozen record, read once at the edge.

Later sources win: defaults < `qa.toml` in the working folder < `QA_*` variables < flags.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from math import inf, isfinite
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

from platformdirs import user_cache_path

from qa.errors import SettingsError
from qa.locale.message import Message

Caution = Literal["strict", "balanced", "eager"]

SETTINGS_FILE = "qa.toml"
ENVIRONMENT_PREFIX = "QA_"


_LIMITS: Final = (
    (("passage_words",), 20, inf),
    (("extract_sentences", "extract_words", "candidates", "question_log_days"), 1, inf),
    (("b", "coverage_covered", "coverage_partly", "coverage_most", "coverage_some"), 0, 1),
    (("k1", "title_weight", "heading_weight", "neighbours"), 0, inf),
    (("glossary_weight", "lone_glossary_weight"), 0, inf),
)
"""Settings with the least and the greatest value they can have."""
_ORDERED: Final = (("coverage_partly", "coverage_covered"), ("coverage_some", "coverage_most"))
"""Settings of which the first cannot be above the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of indexing, retrieval and answering; published figures are with the defaults."""

    passage_words: int = 160
    """Most words in a passage."""
    k1: float = 1.2
    """Saturation of the term frequency (BM25)."""
    b: float = 0.75
    """Strength of the length normalisation (BM25), 0 to 1."""
    title_weight: float = 2.0
    """What one occurrence in the document's title counts, in occurrences in the body (BM25F)."""
    heading_weight: float = 1.0
    """What one occurrence in a heading above the passage counts, likewise."""
    document_weight: float = 1.0
    """What a term's weight in the whole document adds to its weight in the passage."""

    neighbours: int = 8
    """Most look-alike terms that join a question word's class."""
    neighbour_similarity: float = 0.5
    """Least cosine of character n-grams for a look-alike, 0 to 1."""
    exact_damping: float = 0.85
    """Factor on look-alikes of a word that the documents do have."""
    glossary_weight: float = 0.6
    """Weight of a one-word translation; shared out among the words of a longer one."""
    lone_glossary_weight: float = 1.0
    """The same where nearly all documents are in the language of the translation: it is all that
    the word can be found by."""
    acronym_weight: float = 0.8
    """Weight of an acronym or its expansion, as the documents explain it, shared out likewise."""
    framing_weight: float = 0.5
    """What a word that only sets the task counts (`describe`, `connaître`), against other words."""
    repetition_weight: float = 0.3
    """What the further terms of a word's class add once its best one is counted, 0 to 1."""
    adjacency_weight: float = 1.0
    """What neighbours in the question that are neighbours in the passage add, against their idf."""
    togetherness_weight: float = 0.5
    """What the words that stand together in one stretch of the passage add, against their idf."""
    title_match_weight: float = 0.6
    """What a title that says the question, and little else, adds, against the question's idf."""
    candidates: int = 300
    """Passages that the first pass hands to the finer evidence."""
    history_decay: float = 0.5
    """Weight of the previous turn's terms in a follow-up question; squared for the turn before."""

    caution: Caution = "balanced"
    """When to abstain: strict (only sure answers), balanced, or eager (nearly always answer)."""
    extract_sentences: int = 3
    """Most extracts in an answer, unless a list answers."""
    extract_words: int = 70
    """Words after which no further extract is added."""

    coverage_covered: float = 0.62
    """Least confidence with which a passage covers a point of an objective."""
    coverage_partly: float = 0.36
    """Least confidence with which it covers a point partly."""
    coverage_most: float = 0.3
    """Least share of the points from which an objective is covered."""
    coverage_some: float = 0.1
    """Least share of the points from which an objective is partly covered."""

    question_log: str = ""
    """Where questions are logged: empty for nowhere, `sqlite` for a file in `cache_dir`, or any
    SQLAlchemy address."""
    question_log_days: int = 365
    """Days after which a logged question is erased."""

    cache_dir: Path = field(default_factory=lambda: user_cache_path("qa-citations"))
    """Where the index of the built-in corpus is kept between runs."""

    def __post_init__(self) -> None:
        if self.caution not in get_args(Caution):
            raise SettingsError(
                "caution is {caution!r}; expected one of: {choices}",
                caution=self.caution,
                choices=", ".join(get_args(Caution)),
            )
        for names, low, high in _LIMITS:
            for name in names:
                value = getattr(self, name)
                if not low <= value <= high:
                    bounds = (
                        Message("{low:g} to {high:g}", low=low, high=high)
                        if isfinite(high)
                        else Message("at least {low:g}", low=low)
                    )
                    raise SettingsError(
                        "{name} is {value}; expected {bounds}",
                        name=name,
                        value=value,
                        bounds=bounds,
                    )
        for low_name, high_name in _ORDERED:
            if getattr(self, low_name) > getattr(self, high_name):
                most = getattr(self, high_name)
                raise SettingsError(
                    "{low_name} is above {high_name}; expected at most {most}",
                    low_name=low_name,
                    high_name=high_name,
                    most=most,
                )

    @classmethod
    def load(
        cls,
        *,
        file: Path | None = None,
        environment: Mapping[str, str] | None = None,
        flags: Mapping[str, Any] | None = None,
    ) -> Self:
        """Settings from all sources; `None` values among `flags` are ignored.

        Raises `SettingsError` for an unknown name or a value of the wrong kind.
        """
        path = file if file is not None else Path(SETTINGS_FILE)
        settings = cls()
        if path.is_file():
            settings = settings.changed(_read_toml(path), source=str(path))
        elif file is not None:
            raise SettingsError("settings file {file} does not exist", file=file)
        variables = os.environ if environment is None else environment
        known = {ENVIRONMENT_PREFIX + f.name.upper(): f.name for f in fields(cls)}
        found = {known[name]: value for name, value in variables.items() if name in known}
        settings = settings.changed(found, source="environment")
        given = {name: value for name, value in (flags or {}).items() if value is not None}
        return settings.changed(given, source="flags")

    def changed(self, values: Mapping[str, Any], *, source: str) -> Self:
        """A copy with `values` in place, converted to the kind of each setting."""
        kinds = {name: type(value) for name, value in asdict(self).items()}
        converted: dict[str, Any] = {}
        for name, value in values.items():
            if name not in kinds:
                raise SettingsError(
                    "{source}: unknown setting {name!r}; known are: {kinds}",
                    source=source,
                    name=name,
                    kinds=", ".join(sorted(kinds)),
                )
            kind = kinds[name] if not issubclass(kinds[name], Path) else Path
            try:
                converted[name] = kind(value)
            except (TypeError, ValueError) as error:
                raise SettingsError(
                    "{source}: {name} is {value!r}; expected {kind}",
                    source=source,
                    name=name,
                    value=value,
                    kind=kind.__name__,
                ) from error
        return replace(self, **converted)


def interface_language(environment: Mapping[str, str] | None = None) -> str:
    """The language of the command line: that of `QA_LANGUAGE`, or else of the locale."""
    variables = os.environ if environment is None else environment
    for name in ("QA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(name):
            return re.split(r"[_.@-]", variables[name])[0].lower()
    return "en"


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("{path}: {error}", path=path, error=error) from error
