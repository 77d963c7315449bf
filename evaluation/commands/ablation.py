"""`qa-eval ablation`: what each part of the model adds."""

from __future__ import annotations

from typing import Annotated

import typer

from evaluation.ablation import MEASURE, SWITCHES, WITHOUT_MEANING, ablate
from evaluation.commands.common import (
    AsMarkdown,
    Folders,
    Limit,
    Overrides,
    each_set,
    print_table,
    settings_with,
)
from evaluation.records import mean
from qa.commands.options import AsJson, print_json


def ablation(
    folders: Folders,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    limit: Limit = None,
    encoder: Annotated[
        str,
        typer.Option("--encoder", metavar="NAME|DIR", help="With meaning, by this encoder."),
    ] = "",
    overrides: Overrides = None,
) -> None:
    """Switch off one part of the model at a time and measure what is lost."""
    settings = settings_with(overrides)
    switches = (*SWITCHES[:1], WITHOUT_MEANING, *SWITCHES[1:]) if encoder else SWITCHES
    names, columns = [], []
    for dataset, show in each_set(folders, limit):
        found = ablate(dataset, settings, switches=switches, encoder=encoder, on_progress=show)
        columns.append([one.value for one in found])
        names.append(dataset.name)
    if as_json:
        parts = [switch.part for switch in switches]
        sets = {n: dict(zip(parts, c, strict=True)) for n, c in zip(names, columns, strict=True)}
        print_json({"measure": MEASURE, "sets": sets})
        return
    rows = []
    for place, switch in enumerate(switches):
        values = [column[place] - (column[0] if place else 0.0) for column in columns]
        form = "+.3f" if place else ".3f"
        rows.append([switch.part, *(format(v, form) for v in (*values, mean(values) or 0.0))])
    print_table([MEASURE, *names, "mean"], rows, markdown=as_markdown)
