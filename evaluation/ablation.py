"""What each part of the model adds: nDCG@10 with one part switched off at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from evaluation.beir_report import retrieved_lines
from evaluation.records import RetrievalSet
from evaluation.retrieval_measures import score_run
from evaluation.runs import Progress, rank_documents, run
from qa.engine import Engine
from qa.index.build import build_in_memory
from qa.index.index import Index
from qa.settings import Settings

MEASURE: Final = "nDCG@10"


class Switch(NamedTuple):
    """A part of the model and the settings that take it out."""

    part: str
    changes: tuple[tuple[str, Any], ...]


SWITCHES: Final = (
    Switch("full model", ()),
    Switch("no look-alike terms", (("neighbours", 0),)),
    Switch("no damping of look-alikes", (("exact_damping", 1.0),)),
    Switch("no glossary", (("glossary_weight", 0.0), ("lone_glossary_weight", 0.0))),
    Switch("no words of one meaning", (("meaning_weight", 0.0),)),
    Switch("no acronyms", (("acronym_weight", 0.0),)),
    Switch("no kinds", (("kind_weight", 0.0),)),
    Switch(
        "no classes: exact words",
        (
            ("neighbours", 0),
            ("glossary_weight", 0.0),
            ("lone_glossary_weight", 0.0),
            ("meaning_weight", 0.0),
            ("acronym_weight", 0.0),
        ),
    ),
    Switch("further terms of a word count in full", (("repetition_weight", 1.0),)),
    Switch("no adjacent words", (("adjacency_weight", 0.0),)),
    Switch("no words that stand together", (("togetherness_weight", 0.0),)),
    Switch("rare and common words count by their idf alone", (("rarity_weight", 0.0),)),
    Switch("framing words count in full", (("framing_weight", 1.0),)),
    Switch("no title", (("title_weight", 0.0), ("title_match_weight", 0.0))),
    Switch("no title that says the question", (("title_match_weight", 0.0),)),
    Switch("no headings", (("heading_weight", 0.0),)),
    Switch("no whole-document evidence", (("document_weight", 0.0),)),
    Switch("no conversation", (("history_decay", 0.0),)),
    Switch("no length normalisation", (("b", 0.0),)),
    Switch("no saturation", (("k1", 100.0),)),
)

WITHOUT_MEANING: Final = Switch("no meaning", (("by_meaning", 0),))
"""The part that an encoder adds."""


class Ablated(NamedTuple):
    """nDCG@10 of the model without one part."""

    part: str
    value: float


def ablate(
    dataset: RetrievalSet,
    settings: Settings,
    *,
    switches: Sequence[Switch] = SWITCHES,
    encoder: str = "",
    on_progress: Progress | None = None,
) -> Iterator[Ablated]:
    """Measure a set with each switch; what shapes the index makes a new one.

    `encoder`: the name of what makes vectors of the units; empty for none.
    """
    index: Index | None = None
    made_with: dict[str, Any] = {}
    judged = [query for query in dataset.queries if query.id in dataset.judged]
    for done, switch in enumerate(switches, start=1):
        changed = settings.changed(dict(switch.changes), source="ablation")
        if index is None or asdict(changed.index) != made_with:
            vectors = index.meaning if index is not None else None
            index = build_in_memory(dataset.documents, changed, encoder=encoder, earlier=vectors)
            made_with = asdict(changed.index)
        lines = retrieved_lines(run(Engine(index, changed), judged, rank_documents))
        yield Ablated(switch.part, score_run(dataset.judgements, lines, [MEASURE]).mean(MEASURE))
        if on_progress is not None:
            on_progress(done, len(switches))
