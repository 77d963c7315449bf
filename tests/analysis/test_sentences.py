"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.sentences import sentence_spans

PROSE = st.lists(
    st.sampled_from(["Dr.", "Le", "vaccin", "e.g.", "3.5", "mg.", "Puis!", "A", "?", "…", "(fin)."])
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They bind. They block.", ["They bind.", "They block."]),
        ("Est-ce grave ? Oui !", ["Est-ce grave ?", "Oui !"]),
        ("Dr. Martin operates. He is ill.", ["Dr. Martin operates.", "He is ill."]),
        ("See Fig. 2 for details. Good.", ["See Fig. 2 for details.", "Good."]),
        ("It was found by Smith et al. in mice.", ["It was found by Smith et al. in mice."]),
        ("La dose (c.-à-d. 5 mg) suffit. Fin.", ["La dose (c.-à-d. 5 mg) suffit.", "Fin."]),
        ("Some, e.g. the liver, heal.", ["Some, e.g. the liver, heal."]),
        ("Give 3.5 mg of it. Then wait.", ["Give 3.5 mg of it.", "Then wait."]),
        ("Il va bien... Il sort. « Il guérit. »", ["Il va bien...", "Il sort.", "« Il guérit. »"]),
        ("Voir art. L. 1111-4 du code. Fin.", ["Voir art. L. 1111-4 du code.", "Fin."]),
        ("Il prend 5 mg/j.Elle guérit.", ["Il prend 5 mg/j.", "Elle guérit."]),
        ("It is hepatitis B. Vaccines help.", ["It is hepatitis B.", "Vaccines help."]),
        ("no stop at the end", ["no stop at the end"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.one_of(PROSE, st.text()))
def test_spans_stand_in_order_and_lose_nothing(text: str) -> None:
    spans = sentence_spans(text)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
        assert not text[end:start].strip()
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
