"""Markdown and front matter."""

import pytest

from qa.reading.frontmatter import split_front_matter
from qa.reading.markdown import read_markdown

PAGE = """\
---
title: "The kidney"
lang: en
license: CC BY 4.0
objectives:
  - OIC-900-01-A
  - OIC-900-02-B
based_on: [notes.txt, 'book.txt']
---
# The **kidney**

It filters *plasma*
all day.<br>It also makes <!-- check --> hormones.

1. Filtration
   goes first

   under pressure
2. Secretion
   - of **acids *and* bases**

| Part | Role |
|------|------|
| **Loop** | concentrates |

![A nephron in section](nephron.png) See [the atlas](https://example.org).

```
GFR = UV / P
```

<div>Boxed <b>advice</b></div>
"""

BLOCKS = [
    ("heading", 1, "The kidney"),
    ("paragraph", 0, "It filters plasma all day.\nIt also makes hormones."),
    ("item", 1, "Filtration goes first"),
    ("paragraph", 0, "under pressure"),
    ("item", 1, "Secretion"),
    ("item", 2, "of acids and bases"),
    ("row", 0, "Part | Role"),
    ("row", 0, "Loop | concentrates"),
    ("paragraph", 0, "See the atlas."),
    ("caption", 0, "A nephron in section"),
    ("paragraph", 0, "GFR = UV / P"),
    ("paragraph", 0, "Boxed advice"),
]


def test_a_page_with_everything() -> None:
    content = read_markdown(PAGE)
    found = [(one.kind, one.level, content.text[one.start : one.end]) for one in content.blocks]
    assert found == BLOCKS
    assert [content.text[start:end] for start, end in content.key_terms] == [
        "plasma",
        "acids and bases",
        "Loop",
    ]
    assert {removal.reason for removal in content.removed} == {"comment", "picture"}
    assert "2. Secretion\n  - of acids" in content.text


@pytest.mark.parametrize(
    ("text", "clean", "removed"),
    [
        ("It filters[^1] *plasma*[^b].\n\n[^1]: A book, page 3.",
         "It filters[1] plasma.\n\n[1] A book, page 3.", [("footnote mark", "[^b]")]),
        ("- [ ] weigh\n- [x] measure [ ] twice\n- [z] write",
         "- weigh\n- measure [ ] twice\n- [z] write",
         [("check box", "[ ]"), ("check box", "[x]")]),
        ("`a[^1]` [x]", "a[^1] [x]", []),
        ("![logo](a.png)![the whole kidney](b.png)", "the whole kidney",
         [("picture", "a.png logo"), ("picture", "b.png")]),
        ("&#xD800;a", "\ufffda", []),
        ("![]() a", "a", []),
    ],
)  # fmt: skip
def test_marks_are_left_out_on_record(
    text: str, clean: str, removed: list[tuple[str, str]]
) -> None:
    content = read_markdown(text)
    assert content.text == clean
    assert [(one.reason, one.text) for one in content.removed] == removed
    for start, end in content.key_terms:
        assert content.text[start:end] == "plasma"


def test_front_matter_is_known_of_the_document() -> None:
    content = read_markdown(PAGE)
    assert (content.title, content.language, content.licence) == ("The kidney", "en", "CC BY 4.0")
    assert content.objectives == ("OIC-900-01-A", "OIC-900-02-B")
    assert content.based_on == ("notes.txt", "book.txt")


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("+++\ntitle = 'T'\n+++\nBody", "T", "Body"),
        ("---\ntitre: Le titre\n---\nCorps", "Le titre", "Corps"),
        ("---\ntitle: a: b\n# note\nurl: https://example.org/x\n...\nBody", "a: b", "Body"),
        ("---\n\nA line between rules.\n\n---\n", "", "---\n\nA line between rules.\n\n---\n"),
        ("No front matter: none.", "", "No front matter: none."),
    ],
)
def test_front_matter_is_told_from_text(text: str, title: str, body: str) -> None:
    front = split_front_matter(text)
    assert (front.title, front.body) == (title, body)


def test_malformed_toml_is_left_out_and_reported() -> None:
    front = split_front_matter("+++\ntitle = \n+++\nBody")
    assert front.body == "Body"
    assert [notice.kind for notice in front.notices] == ["front-matter-malformed"]


@pytest.mark.parametrize(
    ("text", "title"), [("Intro\n\n## Two\n\n# One\n", "One"), ("Intro\n\n## Two\n", "")]
)
def test_the_title_is_the_first_heading_of_level_1(text: str, title: str) -> None:
    assert read_markdown(text).title == title


def test_lowered_letters_and_summaries_are_text() -> None:
    text = "H~2~O, ~~gone~~, 5~10 mg, ~ 3 g.\n\n<details><summary>More</summary>Below.</details>\n"
    assert read_markdown(text).text == "H2O, gone, 5~10 mg, ~ 3 g.\n\nMore\nBelow."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A^[In short.] b, M^me^, ^14^C, ==c==.", "A[n1] b, Mme, ¹⁴C, c.\n\n[n1] In short."),
        ("+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n: Doses",
         "A | B\n1 | 2\n\nDoses"),
        ("| A | B |\n|---|---|\n| 1 | 2 |\n\n| C | D |\n|---|---|\n| 3 | 4 |",
         "A | B\n1 | 2\n\nC | D\n3 | 4"),
        ("(@) One\n\n\\newpage\n\nTwo", "- One\n\nTwo"),
    ],
)  # fmt: skip
def test_what_pandoc_adds_is_read(text: str, shown: str) -> None:
    assert read_markdown(text).text == shown
