"""Reports in the page: `st.html` leaves out SVG, so they are drawn by a component."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from evaluation.html.page import FIGURES

_HERE = Path(__file__).parent


def draw(key: str, parts: Iterable[str]) -> None:
    """Draw HTML of `evaluation.html`, apart from the styles of the page."""
    show = st.components.v2.component(
        "qa_figures",
        html='<div class="figures"></div>',
        css=FIGURES + (_HERE / "figures.css").read_text(encoding="utf-8"),
        js=(_HERE / "figures.js").read_text(encoding="utf-8"),
    )
    show(key=key, data="".join(parts))
