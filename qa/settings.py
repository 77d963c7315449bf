"""Every value that can be set, in frozen records by stage, read once at the edge.

Later sources win: defaults < `qa.toml` in the working folder < `QA_*` variables < flags.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import inf, isfinite
from pathlib import Path
from typing import Any, Literal, Self, get_args

from platformdirs import user_cache_path

from qa.errors import SettingsError
from qa.locale.message import Message

Caution = Literal["strict", "balanced", "eager"]
Role = Literal["student", "instructor", "evaluator"]
"""Each may do what the one before may."""

SETTINGS_FILE = "qa.toml"
ENVIRONMENT_PREFIX = "QA_"


def _number(default: Any, low: float, high: float = inf) -> Any:
    """A setting with the least and the greatest value it can have."""
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Settings of one stage, each within its limits."""

    def __post_init__(self) -> None:
        for one in fields(self):
            if "low" not in one.metadata:
                continue
            value, low, high = getattr(self, one.name), one.metadata["low"], one.metadata["high"]
            if not low <= value <= high:
                bounds = (
                    Message("{low:g} to {high:g}", low=low, high=high)
                    if isfinite(high)
                    else Message("at least {low:g}", low=low)
                )
                raise SettingsError(
                    "{name} is {value}; expected {bounds}",
                    name=one.name,
                    value=value,
                    bounds=bounds,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings(_Group):
    """What reading one document may take; one that takes more is left out, and named."""

    document_megabytes: int = _number(100, 1)
    """Most megabytes that its file may have."""
    document_seconds: float = _number(60.0, 0.1)
    """Most seconds of a processor that reading and analysing it may take."""
    document_memory: int = _number(1000, 100)
    """Most megabytes of memory that reading and analysing it may take."""
    reading_processes: int = _number(0, 0)
    """Processes that read at once; 0 for as many as there are processors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings(_Group):
    """What an index is made with; another value makes another index."""

    passage_words: int = _number(160, 20)
    """Most words in a passage."""
    k1: float = _number(1.2, 0)
    """Saturation of the term frequency (BM25)."""
    b: float = _number(0.75, 0, 1)
    """Strength of the length normalisation (BM25), 0 to 1."""
    title_weight: float = _number(2.0, 0)
    """What one occurrence in the document's title counts, in occurrences in the body (BM25F)."""
    heading_weight: float = _number(1.0, 0)
    """What one occurrence in a heading above the passage counts, likewise."""
    document_weight: float = _number(1.0, 0)
    """What a term's weight in the whole document adds to its weight in the passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingSettings(_Group):
    """How a question is read and passages are ranked.

    In brackets, how far nDCG@10, of documents or of passages, and `answer_hit` move at most from
    .6 to 1.5 times the default, on half of the built-in questions.
    """

    neighbours: int = _number(8, 0)
    """Most look-alike terms that join a question word's class (0, 0)."""
    neighbour_similarity: float = _number(0.5, 0, 1)
    """Least cosine of character n-grams for a look-alike, 0 to 1 (.006, .012)."""
    exact_damping: float = _number(0.85, 0, 1)
    """Factor on look-alikes of a word that the documents do have (.001, .016)."""
    glossary_weight: float = _number(0.6, 0)
    """Weight of a one-word translation; shared out among the words of a longer one (.018, .023)."""
    lone_glossary_weight: float = _number(1.0, 0)
    """The same where nearly all documents are in the language of the translation: it is all that
    the word can be found by."""
    meaning_weight: float = _number(0.9, 0)
    """Weight of a word that says the same (`heart`, `cardiac`), shared out likewise. At .6,
    .9 and 1, passage Success@1 of the natural questions is .799, .829 and .836, and nDCG@10 of
    lisa-frobj2en (`--limit 300`) .937, .935 and .929."""
    acronym_weight: float = _number(0.8, 0)
    """Weight of an acronym or its expansion, as the documents explain it, shared out likewise
    (.002, .004)."""
    kind_weight: float = _number(0.6, 0)
    """Weight of what the documents say that a medicine is one of, shared out likewise. Right
    sources come first .746, .755, .759 and .759 of the time at 0, .3, .6 and .8."""
    framing_weight: float = _number(0.5, 0)
    """What a word that only sets the task counts (`describe`, `connaître`), against other words
    (.001, 0)."""
    asking_weight: float = _number(0.7, 0)
    """What a word that asks for something counts in the ranking, against one of the subject (.003,
    .008)."""
    facet_weight: float = _number(0.5, 0)
    """What the words that answer what is asked count, against a word as rare (.004, .004)."""
    support_weight: float = _number(4.0, 0)
    """What the best unit of a passage adds to its score, against the question's idf, if it surely
    answers."""
    rarity_weight: float = _number(1.0, 0)
    """How much less a word counts for being common in its language, as an exponent; it fades as
    passages are more, whose own idf is then to be trusted. Of .25 to 1.5 the best on `fit`. (.005,
    .016)"""
    repetition_weight: float = _number(0.3, 0, 1)
    """What the further terms of a word's class add once its best one is counted, 0 to 1 (.003,
    .008)."""
    adjacency_weight: float = _number(1.0, 0)
    """What neighbours in the question that are neighbours in the passage add, against their idf
    (.002, .008)."""
    togetherness_weight: float = _number(0.5, 0)
    """What the words that stand together in one stretch of the passage add, against their idf
    (.003, .008)."""
    title_match_weight: float = _number(1.5, 0)
    """What a title that says the question, and little else, adds, against the question's idf. On
    600 French titles of LiSA pages nDCG@10 is .876, .884, .892 and .898 at .6, 1, 1.5 and 2; other
    sets do not move by more than .003."""
    read_passages: int = _number(20, 1)
    """Passages, the best by their words, whose units are looked at one by one (.003, 0)."""
    candidates: int = _number(300, 1)
    """Passages that the first pass hands to the finer evidence (0, 0)."""
    by_meaning: int = _number(1, 0, 1)
    """1 to use the vectors of an index that was made with an encoder, 0 for words alone."""
    history_decay: float = _number(0.5, 0, 1)
    """Weight of the previous turn's terms in a follow-up question; squared for the turn before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringSettings(_Group):
    """When to answer, and with how much."""

    caution: Caution = "balanced"
    """When to abstain: strict (only sure answers), balanced, or eager (nearly always answer)."""
    extract_sentences: int = _number(4, 1)
    """Most extracts in an answer. Of the natural questions `answer_hit` is .906 with up to 4 of 140
    words together, .846 with 3 of 100 and .930 with 5 of 200, in 87, 67 and 114 words."""
    extract_words: int = _number(140, 1)
    """Most words of them, unless the first one has more."""

    def __post_init__(self) -> None:
        # Not `super()`, which a dataclass with slots loses: the class is made twice.
        _Group.__post_init__(self)
        if self.caution not in get_args(Caution):
            raise SettingsError(
                "caution is {caution!r}; expected one of: {choices}",
                caution=self.caution,
                choices=", ".join(get_args(Caution)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSettings(_Group):
    """From which confidence on objectives are covered."""

    coverage_covered: float = _number(0.65, 0, 1)
    """Least confidence with which a passage covers a point of an objective."""
    coverage_partly: float = _number(0.4, 0, 1)
    """Least confidence with which it covers a point partly."""
    coverage_touched: float = _number(0.2, 0, 1)
    """Least confidence with which one makes an objective without a page partly covered, where the
    documents deal with its item."""
    coverage_most: float = _number(0.1, 0, 1)
    """Least share of the points from which an objective is covered."""
    coverage_some: float = _number(0.04, 0, 1)
    """Least share of the points from which an objective is partly covered."""

    def __post_init__(self) -> None:
        _Group.__post_init__(self)
        for low, high in (
            ("coverage_touched", "coverage_partly"),
            ("coverage_partly", "coverage_covered"),
            ("coverage_some", "coverage_most"),
        ):
            if getattr(self, low) > getattr(self, high):
                raise SettingsError(
                    "{low_name} is above {high_name}; expected at most {most}",
                    low_name=low,
                    high_name=high,
                    most=getattr(self, high),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings(_Group):
    """Where questions are logged, and for how long."""

    question_log: str = ""
    """Empty for nowhere, `sqlite` for a file in `cache_dir`, or any SQLAlchemy address."""
    question_log_days: int = _number(365, 1)
    """Days after which a logged question is erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSettings(_Group):
    """How long past conversations are kept for the browser that they were held in."""

    conversation_days: int = _number(30, 0)
    """Days after its last question until a conversation is erased; 0 keeps none."""
    conversation_count: int = _number(50, 1)
    """Most conversations of one reader; the oldest give way."""
    conversation_megabytes: int = _number(500, 1)
    """Most megabytes of the conversations of all readers; the oldest give way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSettings(_Group):
    """Who may see coverage, the log and uploads, and who may measure."""

    instructor_password: str = ""
    """What `qa password` prints: with that password one may do everything; empty for none."""
    role_claim: str = "roles"
    """The claim of a sign-in with OpenID Connect that has `instructor` or `evaluator` in it."""
    instructors: str = ""
    """Mail addresses of those who are instructors whatever the claim says, with commas between."""
    evaluators: str = ""
    """The same of evaluators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSettings(_Group):
    """What the pages do for a visitor: reports on coverage, runs of question sets, files."""

    work_at_once: int = _number(0, 0)
    """How much is worked on at the same time; 0 for all processors but one, and at least one."""
    work_seconds: float = _number(600.0, 1)
    """Most seconds of a processor for one piece of work."""
    work_memory: int = _number(2000, 200)
    """Most megabytes of memory for one piece of work."""
    work_objectives: int = _number(10_000, 1)
    """Most objectives of a file that are compared with the documents."""
    work_questions: int = _number(10_000, 1)
    """Most questions of a set that are asked in one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings(_Group):
    """How an index in a cluster is reached and kept; who asks is told by `cluster_login`."""

    cluster_seconds: float = _number(60.0, 1)
    """Seconds within which a request must succeed, with all attempts on all nodes."""
    cluster_shards: int = _number(0, 0)
    """Parts that an index is divided into; 0 for as many as its passages and the nodes call for."""
    cluster_replicas: int = _number(1, 0)
    """Further copies of every part, each on another node: so many nodes may fail."""
    cluster_authority: str = ""
    """File of the certificates that encrypted connections trust; empty for the usual ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user of a cluster, shown nowhere."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, by stage; published figures are with the defaults.

    In files, variables and flags each goes by its own name, without its stage.
    """

    reading: ReadingSettings = ReadingSettings()
    index: IndexSettings = IndexSettings()
    ranking: RankingSettings = RankingSettings()
    answering: AnsweringSettings = AnsweringSettings()
    coverage: CoverageSettings = CoverageSettings()
    log: LogSettings = LogSettings()
    conversations: ConversationSettings = ConversationSettings()
    access: AccessSettings = AccessSettings()
    work: WorkSettings = WorkSettings()
    cluster: ClusterSettings = ClusterSettings()
    cache_dir: Path = field(default_factory=lambda: user_cache_path("qa-citations"))
    """Where the index of the built-in corpus is kept between runs."""
    collections_dir: Path = Path("qa-collections")
    """The folder of the collections, an index each, by their names."""

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
        known = {ENVIRONMENT_PREFIX + name.upper(): name for name in _stages(settings)}
        found = {known[name]: value for name, value in variables.items() if name in known}
        settings = settings.changed(found, source="environment")
        given = {name: value for name, value in (flags or {}).items() if value is not None}
        return settings.changed(given, source="flags")

    def changed(self, values: Mapping[str, Any], *, source: str = "settings") -> Self:
        """A copy with `values` in place, converted to the kind of each setting."""
        stages, present = _stages(self), self.by_name()
        by_stage: dict[str, dict[str, Any]] = {}
        for name, value in values.items():
            if name not in stages:
                raise SettingsError(
                    "{source}: unknown setting {name!r}; known are: {kinds}",
                    source=source,
                    name=name,
                    kinds=", ".join(sorted(stages)),
                )
            stage = stages[name]
            kind = type(present[name]) if not isinstance(present[name], Path) else Path
            try:
                by_stage.setdefault(stage, {})[name] = kind(value)
            except (TypeError, ValueError) as error:
                raise SettingsError(
                    "{source}: {name} is {value!r}; expected {kind}",
                    source=source,
                    name=name,
                    value=value,
                    kind=kind.__name__,
                ) from error
        own = by_stage.pop("", {})
        changed = {
            stage: replace(getattr(self, stage), **given) for stage, given in by_stage.items()
        }
        return replace(self, **own, **changed)

    def by_name(self) -> dict[str, Any]:
        """The value of every setting by its name."""
        return {
            name: getattr(getattr(self, stage) if stage else self, name)
            for name, stage in _stages(self).items()
        }


def _stages(settings: Settings) -> dict[str, str]:
    """Every setting by its name, with the stage that it belongs to; empty for none."""
    found: dict[str, str] = {}
    for one in fields(settings):
        group = getattr(settings, one.name)
        if isinstance(group, _Group):
            found.update({inner.name: one.name for inner in fields(group)})
        else:
            found[one.name] = ""
    return found


def cluster_login(environment: Mapping[str, str] | None = None) -> Login | None:
    """Who asks a cluster, by `QA_CLUSTER_USER` and `QA_CLUSTER_PASSWORD`; `None` for anybody.

    No setting, so that no record of settings has a password.
    """
    variables = os.environ if environment is None else environment
    user = variables.get("QA_CLUSTER_USER", "")
    return Login(user=user, password=variables.get("QA_CLUSTER_PASSWORD", "")) if user else None


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
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError("{path}: {error}", path=path, error=error) from error
