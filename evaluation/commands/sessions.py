"""`qa-eval sessions`: how long answers take in the pages, for many at once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from evaluation.commands.common import print_records
from evaluation.question_set import BUILT_IN
from qa.commands.options import AsJson, print_json
from qa.serialise import plain

_COLUMNS = ("what", "sessions", "asking", "answers", "p50_ms", "p95_ms", "megabytes")


def sessions(
    questions: Annotated[int, typer.Option(min=1, help="Questions to ask in one session.")] = 50,
    at_once: Annotated[int, typer.Option(min=1, help="Sessions that ask at once.")] = 20,
    open_at_once: Annotated[
        int, typer.Option("--open", min=1, help="Sessions that are open, of which a tenth asks.")
    ] = 100,
    rounds: Annotated[int, typer.Option(min=1, help="Times that they ask.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Time answers of the pages on the built-in documents, beside the smallest Streamlit chat."""
    from evaluation.jsonlines import read_objects
    from evaluation.sessions import measure_sessions

    lines = [line for file in sorted(BUILT_IN.glob("*.jsonl")) for line in read_objects(file)]
    # A question that leans on others would be asked without them.
    texts = [str(line.values["question"]) for line in lines if not line.values.get("history")]
    found = measure_sessions(
        texts[:: max(len(texts) // questions, 1)][:questions],
        at_once=at_once,
        open_at_once=open_at_once,
        rounds=rounds,
    )
    rows = plain(found)
    if as_json:
        print_json(rows)
        return
    print_records(_COLUMNS, rows)
    more = found[1].p50_ms - found[0].p50_ms
    sys.stdout.write(
        f"\nan answer takes {more:.0f} ms more than the smallest chat, at the median\n"
    )
