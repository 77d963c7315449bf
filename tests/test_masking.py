"""What is kept of a question that tells of a person."""

from __future__ import annotations

import pytest

from qa.masking import masked


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Que faire pour M. Jean Dupont ?", "Que faire pour M. [name] ?"),
        (
            "Je m'appelle Zoé Martin-Roy, ai-je un risque ?",
            "Je m'appelle [name], ai-je un risque ?",
        ),
        ("A patient named Smith, born 12/03/1961", "A patient named [name], born [date]"),
        ("née le 1er mars 1980", "née le [date]"),
        ("seen on March 3, 2021 by Dr Who", "seen on [date] by Dr [name]"),
        ("write to a.b@example.org or +33 6 12 34 56 78", "write to [address] or [number]"),
        ("dossier 1 80 03 75 116 001 22", "dossier [number]"),
        ("Quelle dose, 1000 mg ou 12,5 mg/kg à 45 ans ?",) * 2,
        ("OIC-202-03-B et item 202 ?",) * 2,
        ("What is a Monoclonal Antibody? Crohn or Hodgkin",) * 2,
    ],
)
def test_persons_are_masked_and_medicine_is_not(asked: str, kept: str) -> None:
    assert masked(asked) == kept
