"""The frame of a page, and text in it: everything is escaped once, here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from qa.models import Language

_PAGE: Final = """
:root { color-scheme: light dark; --ink: light-dark(#1d2430, #e6eaf0);
  --soft: light-dark(#5c6675, #9aa5b5); --line: light-dark(#d9dee6, #333c49);
  --paper: light-dark(#ffffff, #14181f); --card: light-dark(#f6f8fa, #1c222b);
  --accent: light-dark(#1f5f8b, #6db1dd); --accent-soft: light-dark(#a9cbe2, #2f546d); }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
"""
FIGURES: Final = """
:root, :host { --bad: light-dark(#b3402a, #e58a76); --good: light-dark(#2b7a4b, #78c497); }
* { box-sizing: border-box; }
h1 { font-size: 1.6rem; margin: 0 0 4px; } h2 { font-size: 1.15rem; margin: 40px 0 8px; }
p.lead { color: var(--soft); margin: 0 0 16px; max-width: 75ch; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 10px 14px; min-width: 130px; } .tile b { display: block; font-size: 1.5rem; }
.tile span { color: var(--soft); font-size: .85rem; }
.pair { display: grid; gap: 24px;
  max-width: 720px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.scroll { overflow-x: auto; } svg { width: 100%; display: block; overflow: visible; }
svg text { font-size: 12px; fill: var(--ink); } svg .soft { fill: var(--soft); }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--soft); }
svg .bar { fill: var(--accent); } svg .range { stroke: var(--ink); stroke-width: 1.5; }
svg .curve { fill: none; stroke: var(--accent); stroke-width: 2.5; }
svg .ideal { stroke: var(--soft); stroke-dasharray: 4 4; } svg .bad { fill: var(--bad); }
svg .good { fill: var(--good); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
.facts :is(th, td) { text-align: left; }
.facts :is(th, td):not(:first-child) { white-space: normal; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; white-space: normal; }
td.heat { border: 2px solid var(--paper); border-radius: 4px; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 8px 12px; }
summary { cursor: pointer; overflow-wrap: anywhere; } summary small { color: var(--soft); }
blockquote { margin: 6px 0; padding: 6px 12px; border-left: 3px solid var(--line);
  white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote.found { border-color: var(--bad); } blockquote.wanted { border-color: var(--good); }
label { color: var(--soft); margin-right: 12px; } select { font: inherit; padding: 2px 6px; }
"""
"""The style of everything within a page, in the colours that are around it."""


def page(title: str, body: Iterable[str], *, language: Language = "en") -> str:
    """A whole page around parts that are HTML already."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_PAGE}{FIGURES}</style></head>\n<body><main>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def element(tag: str, text: str, **attributes: str) -> str:
    """An element that holds plain text; `class_` stands for `class`."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{given}>{escape(text)}</{tag}>"


def tiles(figures: Sequence[tuple[str, str]]) -> str:
    """Label and value of the few figures to look at first."""
    cells = (
        f'<div class="tile">{element("b", value)}{element("span", label)}</div>'
        for label, value in figures
    )
    return f'<div class="tiles">{"".join(cells)}</div>'


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str = "scroll") -> str:
    """A table of plain text: figures that scroll sideways, or `facts` that wrap."""
    head = "".join(element("th", cell, scope="col") for cell in header)
    lines = "".join(f"<tr>{''.join(element('td', cell) for cell in row)}</tr>\n" for row in rows)
    return (
        f'<div class="{kind}"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{lines}</tbody></table></div>"
    )
