"""The figures, as inline SVG that follows the colours of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from evaluation.answer_measures import Bin, RiskCoverage
from evaluation.html.page import element
from evaluation.intervals import Estimate

_WIDTH: Final = 640
_LABELS: Final = 170
_ROW: Final = 26
_SQUARE: Final = 340
_MARGIN: Final = 46


class HeatRow(NamedTuple):
    """A row of a heat map; `None` is left blank."""

    label: str
    size: int
    values: Sequence[float | None]


def bars(estimates: Sequence[tuple[str, Estimate]], *, title: str) -> str:
    """Values from 0 to 1 as bars with their intervals."""
    scale = _WIDTH - _LABELS - 60
    parts = []
    for row, (name, estimate) in enumerate(estimates):
        top, middle = row * _ROW + 4, row * _ROW + 13
        low, high = (_LABELS + scale * _clip(v) for v in (estimate.low, estimate.high))
        parts.append(
            f'<text x="{_LABELS - 8}" y="{middle + 4}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="bar" x="{_LABELS}" y="{top}" height="18" rx="2"'
            f' width="{scale * _clip(estimate.value):.1f}" opacity="0.75"/>'
            f'<line class="range" x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"/>'
            f'<text x="{max(high, _LABELS) + 8:.1f}" y="{middle + 4}">{estimate.value:.3f}</text>'
        )
    return _svg(_WIDTH, len(estimates) * _ROW + 6, title, parts)


def effects(estimates: Sequence[tuple[str, Estimate]], *, title: str) -> str:
    """Differences with their intervals around a line at zero."""
    reach = max((max(abs(e.low), abs(e.high)) for _, e in estimates), default=0.0) or 1.0
    scale = (_WIDTH - _LABELS - 80) / (2 * reach)
    zero = _LABELS + reach * scale
    height = len(estimates) * _ROW + 6
    parts = [f'<line class="axis" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{height}"/>']
    for row, (name, estimate) in enumerate(estimates):
        middle = row * _ROW + 13
        low, high, value = (zero + scale * v for v in (estimate.low, estimate.high, estimate.value))
        side = "good" if estimate.low > 0 else "bad" if estimate.high < 0 else "soft"
        parts.append(
            f'<text x="{_LABELS - 8}" y="{middle + 4}" text-anchor="end">{escape(name)}</text>'
            f'<line class="range" x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"/>'
            f'<circle class="{side}" cx="{value:.1f}" cy="{middle}" r="5"/>'
            f'<text x="{_WIDTH - 60}" y="{middle + 4}">{estimate.value:+.3f}</text>'
        )
    return _svg(_WIDTH, height, title, parts)


def risk_curve(curve: RiskCoverage, *, title: str) -> str:
    """Risk over coverage: how wrong the answers are, as more questions are answered."""
    points = " ".join(
        f"{_x(c):.1f},{_y(r):.1f}" for c, r in zip(curve.coverage, curve.risk, strict=True)
    )
    parts = [*_axes("coverage", "risk"), f'<polyline class="curve" points="{points}"/>']
    return _svg(_SQUARE, _SQUARE, title, parts)


def reliability_diagram(bins: Iterable[Bin], *, title: str) -> str:
    """Confidence against the share of right answers; a dot's area tells how many questions."""
    parts = [
        *_axes("confidence", "share right"),
        f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
    ]
    for one in bins:
        radius = 3 + min(one.size, 400) ** 0.5 * 0.6
        parts.append(
            f'<circle class="bar" opacity="0.75" cx="{_x(one.confidence):.1f}"'
            f' cy="{_y(one.accuracy):.1f}" r="{radius:.1f}">'
            f"{element('title', f'{one.size} questions')}</circle>"
        )
    return _svg(_SQUARE, _SQUARE, title, parts)


def heat_map(header: Sequence[str], rows: Iterable[HeatRow]) -> str:
    """A table whose cells are the darker the nearer to 1."""
    head = "".join(element("th", cell, scope="col") for cell in ("slice", "questions", *header))
    lines = []
    for row in rows:
        cells = "".join(_heat_cell(value) for value in row.values)
        size = element("td", str(row.size))
        lines.append(f"<tr>{element('td', row.label)}{size}{cells}</tr>")
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>'
        + "\n".join(lines)
        + "</tbody></table></div>"
    )


def _heat_cell(value: float | None) -> str:
    if value is None:
        return "<td></td>"
    strength = round(100 * _clip(value))
    colour = f"background: color-mix(in srgb, var(--accent-soft) {strength}%, transparent)"
    return element("td", f"{value:.2f}", class_="heat", style=colour)


def _axes(across: str, up: str) -> list[str]:
    parts = []
    for step in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(
            f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(step)}" y2="{_y(step)}"/>'
            f'<text class="soft" x="{_x(0) - 6}" y="{_y(step) + 4}" text-anchor="end">{step:g}'
            f'</text><text class="soft" x="{_x(step)}" y="{_y(0) + 16}" text-anchor="middle">'
            f"{step:g}</text>"
        )
    middle = _SQUARE / 2
    parts.append(
        f'<text x="{middle}" y="{_SQUARE - 6}" text-anchor="middle">{across}</text>'
        f'<text x="12" y="{middle}" text-anchor="middle"'
        f' transform="rotate(-90 12 {middle})">{up}</text>'
    )
    return parts


def _x(value: float) -> float:
    return _MARGIN + (_SQUARE - _MARGIN - 12) * _clip(value)


def _y(value: float) -> float:
    return _SQUARE - _MARGIN - (_SQUARE - _MARGIN - 12) * _clip(value)


def _clip(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _svg(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}"'
        f' style="max-width: {width}px">' + "".join(parts) + "</svg>"
    )
