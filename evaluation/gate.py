"""A gate: what the system must reach on the built-in questions, and what it was measured on.

Floors hold for one corpus, one question set and one way of setting the system up, which the gate
names by their digests. Where any of them changed, the gate has to be pinned anew; pinning refuses
to lower a floor unless it is told to.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.errors import GateError
from evaluation.provenance import settings_digest
from evaluation.question_report import QuestionReport
from qa.engine import Engine
from qa.locale.message import Message
from qa.locale.translator import N_

GATED: Final = (
    "nDCG@10",
    "R@100",
    "passage nDCG@10",
    "passage Success@1",
    "answer_hit",
    "citation_recall",
    "right_decision",
    "abstention_auroc",
)
_MEASURED_ON: Final = {
    "corpus": N_("the corpus"),
    "questions": N_("the questions"),
    "settings": N_("the settings"),
}
_TOLERANCE: Final = 1e-9
_DIGITS: Final = 1000
_HEADER: Final = "# Written by `qa-eval gate --pin`; a test holds the built-in set to it.\n"


class Floor(NamedTuple):
    """The least that a measure must reach."""

    measure: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Floors, and digests of what they were measured on."""

    corpus: str
    questions: str
    settings: str
    floors: tuple[Floor, ...]


def corpus_digest(engine: Engine) -> str:
    """Identifies the source files of an index, 16 hexadecimal digits."""
    files = sorted(f"{document.id}\0{document.sha256}" for document in engine.documents())
    return hashlib.sha256("\n".join(files).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def measured_gate(engine: Engine, report: QuestionReport) -> Gate:
    """The gate that a report just passes."""
    return Gate(
        corpus=corpus_digest(engine),
        questions=report.questions.sha256[:16],
        settings=settings_digest(engine.settings),
        floors=tuple(
            Floor(name, floor(estimate.value * _DIGITS + _TOLERANCE) / _DIGITS)
            for name, estimate in report.estimates()
            if name in GATED
        ),
    )


def problems(gate: Gate, measured: Gate) -> Iterator[Message]:
    """Why what was measured does not pass, in sentences; nothing where it does."""
    for kind, said in _MEASURED_ON.items():
        if getattr(gate, kind) != getattr(measured, kind):
            yield Message(
                "{kind} changed since the floors were pinned; look at the figures and run"
                " `qa-eval gate --pin`",
                kind=Message(said),
            )
    reached = dict(measured.floors)
    for measure, least in gate.floors:
        value = reached.get(measure)
        if value is None:
            yield Message(
                "{measure} was not measured; its floor is {least:.3f}", measure=measure, least=least
            )
        elif value < least - _TOLERANCE:
            yield Message(
                "{measure} is {value:.3f}, below its floor of {least:.3f}",
                measure=measure,
                value=value,
                least=least,
            )


def pinned(old: Gate | None, measured: Gate, *, allow_lower: bool) -> Gate:
    """The gate to write; raises `GateError` where that lowers a floor without leave."""
    reached = dict(measured.floors)
    lowered = [
        f"{measure} from {least:.3f} to {reached.get(measure, 0.0):.3f}"
        for measure, least in (old.floors if old else ())
        if reached.get(measure, 0.0) < least - _TOLERANCE
    ]
    if lowered and not allow_lower:
        raise GateError(
            "pinning would lower {lowered}; mend the loss, or accept it with --allow-lower",
            lowered="; ".join(lowered),
        )
    return measured


def read_gate(path: Path) -> Gate:
    """A gate from its file; raises `GateError`."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return Gate(
            corpus=str(values["measured_on"]["corpus"]),
            questions=str(values["measured_on"]["questions"]),
            settings=str(values["measured_on"]["settings"]),
            floors=tuple(Floor(name, float(least)) for name, least in values["floors"].items()),
        )
    except OSError as error:
        raise GateError(
            "{path}: {reason}; run `qa-eval gate --pin`", path=path, reason=error.strerror or error
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GateError("{path}: {error}", path=path, error=error) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GateError(
            "{path} is not a gate ({error!r}); run `qa-eval gate --pin`", path=path, error=error
        ) from error


def gate_text(gate: Gate) -> str:
    """A gate as its file has it."""
    lines = [
        "[measured_on]",
        f'corpus = "{gate.corpus}"',
        f'questions = "{gate.questions}"',
        f'settings = "{gate.settings}"',
        "",
        "[floors]",
        *(f'"{measure}" = {value:.3f}' for measure, value in gate.floors),
    ]
    return _HEADER + "\n".join(lines) + "\n"
