"""The page of `qa-eval compare --html`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation.comparison import Difference, conclusion
from evaluation.html.figures import effects
from evaluation.html.page import element, page, table
from evaluation.saved_runs import SavedRun

_HEADER = ("measure", "first", "second", "effect", "wins", "losses", "p (Holm)", "verdict")


def comparison_page(first: SavedRun, second: SavedRun, differences: Sequence[Difference]) -> str:
    """A comparison as one page that needs nothing else."""
    title = f"{first.name} against {second.name}"
    return page(title, _body(title, first, second, differences))


def _body(
    title: str, first: SavedRun, second: SavedRun, differences: Sequence[Difference]
) -> Iterator[str]:
    yield element("h1", title)
    yield element("p", conclusion(differences), class_="lead")
    yield effects([(d.measure, d.effect) for d in differences], title="Effects with 95 % intervals")
    yield table(
        _HEADER,
        [
            [
                d.measure,
                f"{d.first:.3f}",
                f"{d.second:.3f}",
                f"{d.effect.value:+.3f}",
                str(d.wins),
                str(d.losses),
                f"{d.adjusted_p:.4f}",
                d.verdict,
            ]
            for d in differences
        ],
    )
    for difference in differences:
        if difference.changes:
            yield _changes(difference)
    yield element("h2", "What was changed")
    yield table(["", first.name, second.name], _setups(first, second))


def _changes(difference: Difference) -> str:
    rows = [
        [c.question_id, f"{c.first:.3f}", f"{c.second:.3f}", f"{c.second - c.first:+.3f}"]
        for c in difference.changes
    ]
    summary = element(
        "summary",
        f"{difference.measure}: {difference.wins} questions won, {difference.losses} lost",
    )
    header = ["question", "first", "second", "difference"]
    return f"<details>{summary}{table(header, rows)}</details>"


def _setups(first: SavedRun, second: SavedRun) -> list[list[str]]:
    rows = [["index fingerprint", first.index_fingerprint, second.index_fingerprint]]
    for name in sorted({*first.settings, *second.settings}):
        values = [str(run.settings.get(name, "")) for run in (first, second)]
        if values[0] != values[1]:
            rows.append([f"setting {name}", *values])
    return rows
