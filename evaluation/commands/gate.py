"""`qa-eval gate`: does the system still reach what it reached?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import Overrides, print_table, settings_with
from evaluation.errors import GateError
from evaluation.gate import Gate, gate_text, measured_gate, pinned, problems, read_gate
from evaluation.question_report import measure_questions
from evaluation.question_set import BUILT_IN, load_questions
from qa.builtin import corpus_path
from qa.commands.options import progress, write_text
from qa.engine import Engine
from qa.locale.message import lines
from qa.settings import Settings

_GATE = Path(__file__).parent.parent / "gate.toml"


def gate(
    pin: Annotated[bool, typer.Option("--pin", help="Make what is reached now the floor.")] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="Let --pin lower a floor.")
    ] = False,
    file: Annotated[Path, typer.Option(help="Where the floors are.", show_default=False)] = _GATE,
    overrides: Overrides = None,
) -> None:
    """Hold the built-in corpus and questions to the floors that were pinned."""
    settings = settings_with(overrides) if overrides else Settings()
    with progress("gate") as show:
        engine = Engine.from_corpus(corpus_path(), settings)
        asked = load_questions(BUILT_IN, engine)
        measured = measured_gate(engine, measure_questions(engine, asked, on_progress=show))
    if pin:
        old = read_gate(file) if file.exists() else None
        write_text(file, gate_text(pinned(old, measured, allow_lower=allow_lower)))
        _print(measured, measured)
        return
    held = read_gate(file)
    _print(held, measured)
    found = list(problems(held, measured))
    if found:
        raise GateError("the gate is not passed:\n{problems}", problems=lines(found))


def _print(held: Gate, measured: Gate) -> None:
    reached = dict(measured.floors)
    rows = [
        [measure, f"{reached.get(measure, 0.0):.3f}", f"{least:.3f}"]
        for measure, least in held.floors
    ]
    print_table(["measure", "reached", "floor"], rows)
