"""The heat map of objectives and documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from qa.coverage.records import LEVELS, Level, ObjectiveCoverage
from qa.locale import coverage_names
from qa.locale.translator import Translator
from qa.models import DocumentInfo
from qa.ui.coverage_controls import CoverageFilter

Spec = dict[str, Any]
SELECTION: Final = "cell"
_TOUCHED: Final = "touched"
_COLOURS: Final = {
    Level.unjudged: "#9aa5b511",
    Level.elsewhere: "#8fa8d6",
    Level.missing: "#9aa5b533",
    Level.partly: "#d9a520",
    Level.covered: "#3aa67c",
}
_LABELS: Final = "currentColor"
"""That of the page, light or dark: the usual grey is hard to read on either."""
_RARE: Final = (Level.unjudged, Level.elsewhere)
_ROW, _COLUMN = 24, 34
_LABEL_LENGTH = 34
_GAP = 8


def _label_width(more: int) -> dict[str, str]:
    """In pixels: on a phone the cells need the room."""
    return {"expr": f"(windowSize()[0] < 900 ? 200 : 420) + {more}"}


_OBJECTIVE_AXIS: Final = {
    # Flush labels would move the first and the last one away from their rows.
    "labelFlush": False,
    "labelAlign": "left",
    "labelPadding": _label_width(_GAP),
    "labelLimit": _label_width(0),
    "labelColor": _LABELS,
}
_DOCUMENT_AXIS: Final = {
    **{"orient": "top", "labelAngle": -55, "labelLimit": 260, "labelOverlap": False},
    "labelColor": _LABELS,
}


def heat_map(
    objectives: Sequence[ObjectiveCoverage],
    documents: Sequence[DocumentInfo],
    chosen: CoverageFilter,
    tr: Translator,
) -> Spec:
    """Objectives from top to bottom; all documents together first, then the best ones.

    The specification that Vega-Lite takes: what Altair makes of it takes a tenth of a second of the
    server, in which nobody else is served.
    """
    labels = _labels(documents)
    # What no objective here has needs no place in the legend.
    told = {chosen.level(row) for row in objectives}
    levels = [one for one in LEVELS if one in told or one not in _RARE]
    return {
        "data": {"values": _cells(objectives, documents, labels, chosen, tr)},
        "encoding": {
            "x": _nominal("document", sort=None, title=None, axis=_DOCUMENT_AXIS),
            "y": _nominal("row", sort=None, title=None, axis=_OBJECTIVE_AXIS),
        },
        "layer": _layers(levels, tr),
        "params": [
            {
                "name": SELECTION,
                "select": {"type": "point", "fields": ["objective", "id"], "on": "click"},
                "views": [_TOUCHED],
            }
        ],
        "width": _COLUMN * (len(documents) + 1),
        "height": _ROW * len(objectives),
        "autosize": {"type": "pad"},
        # Drawn as SVG, every cell has a label that is read aloud.
        "usermeta": {"embedOptions": {"renderer": "svg"}},
    }


def _layers(levels: Sequence[Level], tr: Translator) -> list[Spec]:
    colour = _nominal(
        "level",
        title=tr("Level"),
        scale={
            "domain": [tr(coverage_names.LEVELS[level]) for level in levels],
            "range": [_COLOURS[level] for level in levels],
        },
        legend={"orient": "bottom", "labelColor": _LABELS, "titleColor": _LABELS},
    )
    squares = {"type": "rect", "stroke": "#8884", "strokeWidth": 0.5, "aria": False}
    numbers = {"type": "text", "fontSize": 10, "aria": False, "color": "#14181f"}
    seen = {"condition": {"test": "datum.counts", "value": 1}, "value": 0}
    return [
        {"mark": squares, "encoding": {"color": colour}},
        {"mark": numbers, "encoding": {"text": _nominal("share"), "opacity": seen}},
        # On top of all, so that it is what is clicked, pointed at and read aloud.
        {
            "name": _TOUCHED,
            "mark": {"type": "rect", "opacity": 0, "cursor": "pointer"},
            "encoding": {"tooltip": _tooltip(tr)},
        },
    ]


def _tooltip(tr: Translator) -> list[Spec]:
    return [
        _nominal("objective", title=tr("Objective")),
        _nominal("title", title=tr("Title")),
        _nominal("document", title=tr("Document")),
        _nominal("level", title=tr("Level")),
        _nominal("share", title=tr("Share of the points")),
    ]


def _nominal(name: str, **more: object) -> Spec:
    return {"field": name, "type": "nominal", **more}


def _labels(documents: Sequence[DocumentInfo]) -> dict[str, str]:
    """A short name of each document, no two the same."""
    labels: dict[str, str] = {}
    for number, document in enumerate(documents, start=1):
        title = " ".join(document.title.split())
        short = title if len(title) <= _LABEL_LENGTH else f"{title[: _LABEL_LENGTH - 1]}…"
        labels[document.id] = f"{number}. {short}"
    return labels


def _cells(
    objectives: Sequence[ObjectiveCoverage],
    documents: Sequence[DocumentInfo],
    labels: dict[str, str],
    chosen: CoverageFilter,
    tr: Translator,
) -> list[dict[str, Any]]:
    """The data of the chart: JSON objects, as Vega takes them."""
    cells = []
    for one in objectives:
        code, title = one.objective.code, one.objective.title
        row = {"objective": code, "title": title, "row": f"{code} · {title}"}
        whole = chosen.cell(one)
        cells.append(
            {
                **row,
                "document": tr("All documents"),
                "id": "",
                "level": tr(coverage_names.LEVELS[chosen.level(one)]),
                **_share(whole.share, tr),
            }
        )
        for document in documents:
            cell = one.in_document(document.id)
            cells.append(
                {
                    **row,
                    "document": labels[document.id],
                    "id": document.id,
                    "level": tr(coverage_names.LEVELS[cell.level if cell else Level.missing]),
                    **_share(cell.share if cell else 0.0, tr),
                }
            )
    return cells


def _share(share: float, tr: Translator) -> dict[str, Any]:
    """As the language writes it, which Vega does for English only."""
    return {"share": tr.percent(share), "counts": share > 0}
