"""Quantities in LaTeX keep their units."""

from __future__ import annotations

import pytest

from qa.reading.formats import read_content


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\SI{5}{\milli\gram\per\kilo\gram}", "5 mg/kg"),
        (r"\qty[per-mode=symbol]{1e-3}{\mole\per\litre}", "1×10⁻³ mol/L"),
        (r"\SIrange{5}{10}{\percent}, \num{1e3}, \ang{45}", "5–10 %, 1×10³, 45°"),
        (r"\si{\metre\squared}, \SI{20}{mg/kg}", "m², 20 mg/kg"),
        (r"Seen~\cite{a}. In \verb|x_y|, \multirow{2}{*}{three}", "Seen. In x_y, three"),
    ],
)
def test_quantities_are_shown_as_they_are_printed(source: str, shown: str) -> None:
    assert read_content(source.encode(), "a.tex").text == shown
