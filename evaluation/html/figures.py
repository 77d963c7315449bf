"""The figures, as inline SVG that follows the colours of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from evaluation.abstention import sampled
from evaluation.answer_measures import Bin, RiskCoverage
from evaluation.html.page import element
from evaluation.intervals import Estimate
from evaluation.words import ReportWords

_WIDTH: Final = 640
"""Greatest width of a figure of rows, in pixels. It is drawn in per cent of the width that there
is, so that its text stays readable on a phone."""
_LABELS: Final = 36.0
_ROW_ENDS: Final = 88.0
_ROW: Final = 26
_SQUARE: Final = 340
_CURVE_POINTS: Final = 1000
"""More than there are pixels."""
_MARGIN: Final = 46


class HeatRow(NamedTuple):
    """A row of a heat map; `None` is left blank."""

    label: str
    size: int
    values: Sequence[float | None]


def bars(estimates: Sequence[tuple[str, Estimate]], *, title: str) -> str:
    """Values from 0 to 1 as bars with their intervals."""
    scale = _ROW_ENDS - _LABELS
    parts = []
    for row, (name, estimate) in enumerate(estimates):
        top, middle = row * _ROW + 4, row * _ROW + 13
        low, high = (_LABELS + scale * _clip(v) for v in (estimate.low, estimate.high))
        parts.append(
            _label(name, middle) + f'<rect class="bar" x="{_LABELS}%" y="{top}" height="18" rx="2"'
            f' width="{scale * _clip(estimate.value):.2f}%" opacity="0.75"/>'
            f'<line class="range" x1="{low:.2f}%" x2="{high:.2f}%" y1="{middle}" y2="{middle}"/>'
            f'<text x="{high:.2f}%" dx="6" y="{middle + 4}">{estimate.value:.3f}</text>'
        )
    return _rows(len(estimates), title, parts)


def effects(estimates: Sequence[tuple[str, Estimate]], *, title: str) -> str:
    """Differences with their intervals around a line at zero."""
    reach = max((max(abs(e.low), abs(e.high)) for _, e in estimates), default=0.0) or 1.0
    scale = (_ROW_ENDS - 3 - _LABELS) / (2 * reach)
    zero = _LABELS + reach * scale
    parts = [f'<line class="axis" x1="{zero:.2f}%" x2="{zero:.2f}%" y1="0" y2="100%"/>']
    for row, (name, estimate) in enumerate(estimates):
        middle = row * _ROW + 13
        low, high, value = (zero + scale * v for v in (estimate.low, estimate.high, estimate.value))
        side = "good" if estimate.low > 0 else "bad" if estimate.high < 0 else "soft"
        parts.append(
            _label(name, middle)
            + f'<line class="range" x1="{low:.2f}%" x2="{high:.2f}%" y1="{middle}" y2="{middle}"/>'
            f'<circle class="{side}" cx="{value:.2f}%" cy="{middle}" r="5"/>'
            f'<text x="100%" y="{middle + 4}" text-anchor="end">{estimate.value:+.3f}</text>'
        )
    return _rows(len(estimates), title, parts)


def risk_curve(curve: RiskCoverage, words: ReportWords) -> str:
    """Risk over coverage: how wrong the answers are, as more questions are answered."""
    drawn = list(zip(curve.coverage, curve.risk, strict=True))
    if len(drawn) > _CURVE_POINTS:
        drawn = sampled(curve, _CURVE_POINTS)
    points = " ".join(f"{_x(c):.1f},{_y(r):.1f}" for c, r in drawn)
    parts = [*_axes(words.coverage, words.risk), f'<polyline class="curve" points="{points}"/>']
    return _square(words.curve, parts)


def reliability_diagram(bins: Iterable[Bin], words: ReportWords) -> str:
    """Confidence against the share of right answers; a dot's area tells how many questions."""
    parts = [
        *_axes(words.confidence, words.share_right),
        f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
    ]
    for one in bins:
        radius = 3 + min(one.size, 400) ** 0.5 * 0.6
        parts.append(
            f'<circle class="bar" opacity="0.75" cx="{_x(one.confidence):.1f}"'
            f' cy="{_y(one.accuracy):.1f}" r="{radius:.1f}">'
            f"{element('title', f'{one.size} {words.questions}')}</circle>"
        )
    return _square(words.diagram, parts)


def heat_map(header: Sequence[str], rows: Iterable[HeatRow]) -> str:
    """A table whose cells are the stronger in colour the nearer to 1."""
    head = "".join(element("th", cell, scope="col") for cell in header)
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


def _label(name: str, middle: int) -> str:
    return f'<text x="{_LABELS}%" dx="-8" y="{middle + 4}" text-anchor="end">{escape(name)}</text>'


def _rows(count: int, title: str, parts: Iterable[str]) -> str:
    size = f'height="{count * _ROW + 6}" style="max-width: {_WIDTH}px"'
    return _svg(size, title, parts)


def _square(title: str, parts: Iterable[str]) -> str:
    return _svg(f'viewBox="0 0 {_SQUARE} {_SQUARE}" style="max-width: {_SQUARE}px"', title, parts)


def _svg(size: str, title: str, parts: Iterable[str]) -> str:
    return f'<svg {size} role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
