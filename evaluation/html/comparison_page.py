"""A comparison of runs as HTML: the page of `qa-eval compare --html`, and its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation.comparison import Change, Difference, conclusion
from evaluation.html.figures import effects
from evaluation.html.page import element, page, table
from evaluation.saved_runs import SavedRun
from evaluation.words import ENGLISH, ReportWords


def comparison_page(
    first: SavedRun,
    second: SavedRun,
    differences: Sequence[Difference],
    words: ReportWords = ENGLISH,
) -> str:
    """A comparison as one page that needs nothing else."""
    title = words.against.format(first=first.name, second=second.name)
    parts = comparison_parts(first, second, differences, words)
    return page(title, [element("h1", title), *parts], language=words.language)


def comparison_parts(
    first: SavedRun,
    second: SavedRun,
    differences: Sequence[Difference],
    words: ReportWords,
    *,
    most_changes: int | None = None,
) -> Iterator[str]:
    """All of it but the title; `most_changes` shows only so many questions for each measure."""
    yield element("p", conclusion(differences, words), class_="lead")
    yield effects([(d.measure, d.effect) for d in differences], title=words.effects)
    yield table(
        words.header,
        [
            [
                d.measure,
                f"{d.first:.3f}",
                f"{d.second:.3f}",
                f"{d.effect.value:+.3f}",
                str(d.wins),
                str(d.losses),
                f"{d.adjusted_p:.4f}",
                words.verdicts[d.verdict],
            ]
            for d in differences
        ],
    )
    for difference in differences:
        if difference.changes:
            yield _changes(difference, words, most_changes)
    yield element("h2", words.changed)
    yield table(["", first.name, second.name], _setups(first, second, words), kind="facts")


def _changes(difference: Difference, words: ReportWords, most: int | None) -> str:
    changes: Sequence[Change] = difference.changes
    hidden = 0
    if most is not None and len(changes) > most:
        # They are sorted: the worst losses are at the head, the best gains at the tail.
        hidden = len(changes) - most
        changes = [*changes[: most - most // 2], *changes[len(changes) - most // 2 :]]
    rows = [
        [c.question_id, f"{c.first:.3f}", f"{c.second:.3f}", f"{c.second - c.first:+.3f}"]
        for c in changes
    ]
    counts = words.changes.format(
        measure=difference.measure, wins=difference.wins, losses=difference.losses
    )
    note = element("p", words.changes_hidden.format(count=hidden)) if hidden else ""
    shown = table(words.change_header, rows)
    return f"<details>{element('summary', counts)}{note}{shown}</details>"


def _setups(first: SavedRun, second: SavedRun, words: ReportWords) -> list[list[str]]:
    rows = [[words.fingerprint, first.index_fingerprint, second.index_fingerprint]]
    if first.questions_sha256 != second.questions_sha256:
        rows.append([words.sha256, first.questions_sha256, second.questions_sha256])
    for name in sorted({*first.settings, *second.settings}):
        values = [str(run.settings.get(name, "")) for run in (first, second)]
        if values[0] != values[1]:
            rows.append([words.setting.format(name=name), *values])
    return rows
