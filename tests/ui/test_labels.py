"""Labels of Streamlit are Markdown: text that is not ours must not be."""

from __future__ import annotations

import pytest

from qa.ui.labels import plain_label

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("CAR-T cells", "CAR-T cells"),
        ("a\n b\tc", "a b c"),
        ("**b**", r"\*\*b\*\*"),
        ("$x$", r"\$x\$"),
        ("[x](y)", r"\[x\]\(y\)"),
        ("<b>", r"\<b\>"),
        ("one two three", "one two…"),
    ],
)
def test_markdown_stays_text(text: str, label: str) -> None:
    assert plain_label(text, longest=12) == label


@pytest.mark.parametrize("text", [":smile:", ":red[x]", "a->b", "a--b", "a@b.org", "www.x.org"])
def test_what_back_slashes_do_not_hold_is_kept_apart(text: str) -> None:
    label = plain_label(text)
    assert JOINER in label
    assert label.replace(JOINER, "").replace("\\", "") == text
    for told_by in (":smile", ":red", "->", "--", "a@", "www."):
        assert told_by not in label
