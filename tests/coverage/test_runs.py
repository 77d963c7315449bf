"""A run of coverage that takes over what an earlier one found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.analysis.lexicon import Entry, Pair, acronym_entries, glossary_entries
from qa.builtin import corpus_path
from qa.coverage import kept, runs
from qa.coverage.cover import cover
from qa.coverage.kept import Kept
from qa.coverage.matching import Matcher
from qa.coverage.queries import QueryMaker
from qa.coverage.records import Level, Wording
from qa.coverage.renewal import Probe
from qa.coverage.report import CoverageReport
from qa.coverage.runs import cover_again
from qa.coverage.sources import objectives_for
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.models import Document
from qa.reading import load_corpus
from qa.settings import Settings


class Looks:
    """Counts the wordings that are looked at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        score = Matcher.score

        def counting(*arguments: object) -> object:
            self.count += 1
            return score(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Matcher, "score", counting)

    def taken(self) -> int:
        """How many since the last time."""
        count, self.count = self.count, 0
        return count


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache_dir=tmp_path)


@pytest.fixture
def documents(teaching: Path) -> tuple[Document, ...]:
    return load_corpus(teaching)


@pytest.fixture
def few_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """One document of a handful counts as a small change."""
    monkeypatch.setattr(kept, "_MOST_CHANGED", 0.5)


def again(
    documents: tuple[Document, ...], settings: Settings, *, fresh: bool = False
) -> CoverageReport:
    engine = Engine(build_in_memory(documents, settings), settings)
    return cover_again(engine, objectives_for(engine), fresh=fresh)


def with_text(documents: tuple[Document, ...], title: str, more: str) -> tuple[Document, ...]:
    """The documents, of which one has another paragraph at its end."""
    return tuple(
        replace(
            one,
            sha256="f" * 64,
            text=f"{one.text}\n\n{more}",
            blocks=(
                *one.blocks,
                replace(
                    one.blocks[-1],
                    kind="paragraph",
                    start=len(one.text) + 2,
                    end=len(one.text) + 2 + len(more),
                ),
            ),
        )
        if one.title == title
        else one
        for one in documents
    )


def test_the_same_documents_are_not_looked_at_twice(
    documents: tuple[Document, ...], settings: Settings, looks: Looks
) -> None:
    first = again(documents, settings)
    assert looks.taken() > 0
    (path,) = settings.cache_dir.glob("coverage/*.jsonl")
    written = path.stat().st_mtime_ns
    assert again(documents, settings) == first
    assert looks.taken() == 0
    assert path.stat().st_mtime_ns == written
    assert first.note() == ""


def test_fresh_looks_at_everything(
    documents: tuple[Document, ...], settings: Settings, looks: Looks
) -> None:
    first = again(documents, settings)
    looked = looks.taken()
    assert again(documents, settings, fresh=True) == first
    assert looks.taken() == looked


@pytest.mark.usefixtures("few_may_change")
def test_what_a_changed_document_now_says_is_found(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    before = again(documents, settings)
    changed = with_text(
        documents, "Vaccins et biothérapies", "L'antivenin neutralise le venin de la vipère."
    )
    after = again(changed, settings)
    gaps = [report.objective("OIC-300-01-A") for report in (before, after)]
    statement = [next(p for p in gap.points if "antivenom" in p.point.text) for gap in gaps if gap]
    assert [point.level for point in statement] == [Level.missing, Level.covered]
    assert statement[1].evidence[0].quote == "L'antivenin neutralise le venin de la vipère."


@pytest.mark.usefixtures("few_may_change")
def test_levels_are_those_of_a_run_from_scratch(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    again(documents, settings)
    changed = with_text(
        documents, "Vaccins et biothérapies", "L'antivenin neutralise le venin de la vipère."
    )
    renewed, scratch = again(changed, settings), again(changed, settings, fresh=True)
    assert renewed.measured_on != renewed.index_fingerprint == scratch.measured_on
    assert "Brought up to date" in renewed.note()
    for ours, theirs in zip(renewed.objectives, scratch.objectives, strict=True):
        assert [point.level for point in ours.points] == [point.level for point in theirs.points]
        assert ours.overall.confidence == pytest.approx(theirs.overall.confidence, abs=0.05)


@pytest.mark.usefixtures("few_may_change")
def test_what_a_change_has_no_bearing_on_is_not_looked_at(settings: Settings, looks: Looks) -> None:
    documents = load_corpus(corpus_path())
    again(documents, settings)
    looked = looks.taken()
    title = next(one.title for one in documents if one.objective is None)
    changed = with_text(documents, title, "Snakes hibernate in winter.")
    assert again(changed, settings).note()
    assert looks.taken() < looked / 2


@pytest.mark.usefixtures("few_may_change")
def test_evidence_of_a_document_that_is_gone_is_gone(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    again(documents, settings)
    left = tuple(one for one in documents if one.title != "Monoclonal antibodies")
    assert len(left) == len(documents) - 1
    report = again(left, settings)
    assert report.measured_on != report.index_fingerprint
    ids = {document.id for document in report.documents}
    assert {
        evidence.document_id
        for one in report.objectives
        for point in one.points
        for evidence in point.evidence
    } <= ids


def test_many_changes_start_from_scratch(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    again(documents, settings)
    report = again(with_text(documents, "Monoclonal antibodies", "More."), settings)
    assert report.measured_on == report.index_fingerprint


@pytest.mark.parametrize("damage", [b"", b"\xff\x00", b"[]\n", b'{"format": "qa coverage 2"}\n'])
def test_a_damaged_run_is_passed_over(
    documents: tuple[Document, ...], settings: Settings, damage: bytes
) -> None:
    first = again(documents, settings)
    (path,) = settings.cache_dir.glob("coverage/*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert again(documents, settings) == first
    assert path.read_bytes() == whole


def test_a_run_with_other_settings_is_passed_over(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    again(documents, settings)
    (path,) = settings.cache_dir.glob("coverage/*.jsonl")
    index = build_in_memory(documents, settings)
    assert (
        Kept.load(path, kept.made_by(Engine(index, replace(settings, caution="strict"))))
        is not None
    )
    assert (
        Kept.load(path, kept.made_by(Engine(index, replace(settings, coverage_covered=0.9))))
        is None
    )


def test_a_run_on_passages_cut_otherwise_is_passed_over(
    documents: tuple[Document, ...], settings: Settings
) -> None:
    again(documents, settings)
    (path,) = settings.cache_dir.glob("coverage/*.jsonl")
    cut = build_in_memory(documents, replace(settings, passage_words=20))
    assert Kept.load(path, kept.made_by(Engine(cut, settings))) is None


@pytest.mark.parametrize(
    "entries",
    [
        tuple(glossary_entries([Pair("morsure", "snake bites")])),
        tuple(acronym_entries("SB", "snake bites", "en")),
    ],
    ids=["glossary", "acronyms"],
)
def test_a_new_glossary_starts_from_scratch(
    documents: tuple[Document, ...], settings: Settings, entries: tuple[Entry, ...]
) -> None:
    again(documents, settings)
    engine = Engine(build_in_memory(documents, settings, entries), settings)
    report = cover_again(engine, objectives_for(engine))
    assert report.measured_on == report.index_fingerprint


@pytest.mark.parametrize(
    "wording",
    [
        Wording(text="Indications", language="en", context="Snake bites and antivenom"),
        Wording(text="Knowing how monoclonal antibodies act", language="en"),
        Wording(text="Vaccins vivants contre-indiqués", language="fr", context="Biothérapies"),
        Wording(text="TNF", language="en", context="soluble ligand"),
    ],
)
def test_no_wording_scores_above_its_bound(engine: Engine, wording: Wording) -> None:
    queries = QueryMaker(engine.index, engine.settings)
    documents = engine.documents()
    for number, document in enumerate(documents):
        probe = Probe(engine.index, queries, {document.id: number})
        assert probe.best(wording, frozenset()) <= probe.bound(wording) + 1e-9


def test_a_run_that_cannot_be_kept_is_told(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "coverage").write_text("in the way")
    nowhere = Engine(engine.index, replace(engine.settings, cache_dir=tmp_path))
    told: list[str] = []
    report = cover_again(nowhere, objectives_for(nowhere), on_problem=told.append)
    assert report == cover(nowhere, objectives_for(nowhere))
    assert len(told) == 1
    assert "the next run will take as long" in told[0]


def test_only_the_latest_runs_are_kept(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_RUNS_KEPT", 1)
    here = Engine(engine.index, replace(engine.settings, cache_dir=tmp_path))
    objectives = objectives_for(here)
    cover_again(here, objectives)
    cover_again(here, objectives[:1])
    assert len(list(tmp_path.glob("coverage/*"))) == 1
