"""`qa-eval compare`: is the second run better than the first?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.common import figure, print_table
from evaluation.comparison import as_json as comparison_json
from evaluation.comparison import compare as compare_runs
from evaluation.comparison import conclusion
from evaluation.html_reports import comparison_page
from evaluation.saved_runs import load_run
from qa.commands.options import AsJson, print_json, write_text
from qa.commands.shell import interface

_HEADER = ("measure", "first", "second", "effect", "95 % interval", "wins", "losses", "p (Holm)")


def compare(
    first: Annotated[Path, typer.Argument(help="A run kept by `qa-eval run --save`.")],
    second: Annotated[Path, typer.Argument(help="Another, on the same questions.")],
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to look at.")] = None,
) -> None:
    """Compare two runs question by question and say whether they really differ."""
    tr = interface()
    runs = load_run(first), load_run(second)
    differences = compare_runs(*runs)
    if html is not None:
        write_text(html, comparison_page(*runs, differences, tr))
    if as_json:
        print_json(comparison_json(differences))
        return
    rows = [
        [
            d.measure,
            figure(d.first),
            figure(d.second),
            f"{d.effect.value:+.3f}",
            f"{d.effect.low:+.3f} – {d.effect.high:+.3f}",
            str(d.wins),
            str(d.losses),
            f"{d.adjusted_p:.4f}",
            tr(d.verdict),
        ]
        for d in differences
    ]
    print_table([*_HEADER, "verdict"], rows)
    sys.stdout.write(f"\n{conclusion(differences).said(tr)}\n")
