"""Reports in the page: `st.html` leaves out SVG, so they are drawn by a component."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "templates" / "figures.css", _HERE / "colours.css")


def draw(key: str, content: str) -> None:
    """Draw the HTML of a report, apart from the styles of the page."""
    show = st.components.v2.component(
        "qa_figures",
        html='<div class="figures"></div>',
        css="".join(path.read_text(encoding="utf-8") for path in _STYLES),
        js=(_HERE / "report_component.js").read_text(encoding="utf-8"),
    )
    show(key=key, data=content)
