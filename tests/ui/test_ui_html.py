"""Text that is not ours never becomes mark-up, and the figures are those of the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from qa.locale.translator import ENGLISH, Translator, translator
from qa.models import DocumentInfo, Hit, Objective, TermMatch
from qa.ui import frame

FRENCH = translator("fr")
OURS = {
    *("a", "blockquote", "div", "header", "h2", "p", "span"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
}


class Reader(HTMLParser):
    """The elements, attributes and text that a browser sees."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(str(source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def answer(tr: Translator) -> Any:
    return frame.macros("answer", tr)


def document(tr: Translator) -> Any:
    return frame.macros("document", tr)


def test_hostile_text_stays_text(
    hostile: str, make_hit: Callable[..., Hit], make_info: Callable[..., DocumentInfo]
) -> None:
    hit = make_hit(hostile)
    info = make_info(hostile, licence=hostile, url=f"https://{hostile}")
    written = {
        "question": answer(FRENCH).question(1, hostile, "fr"),
        "badge": document(FRENCH).badge(hostile, title=hostile),
        "header": document(FRENCH).header(info, hostile),
        "card": answer(FRENCH).passage(hit),
        "abstention": answer(FRENCH).abstention(hostile, "fr", hostile),
        "terms": answer(FRENCH).terms(hit.terms, 1.0),
    }
    for name, source in written.items():
        read = Reader(source)
        assert read.tags <= OURS, name
        assert not {a for a in read.attributes if a.startswith("on") or a == "autofocus"}, name
        assert " ".join(hostile.split()) in " ".join(read.text.split()), name


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1.0, "99"),
        (0.76, "76"),
        (0.755, "76"),
        (0.004, "0"),
    ],
)
def test_percentages_never_reach_certainty(share: float, expected: str) -> None:
    assert ENGLISH.confidence(share) == f"{expected}%"
    assert FRENCH.confidence(share) == f"{expected}\u00a0%"


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.9, "Confiance élevée"), (0.5, "Confiance moyenne"), (0.1, "Confiance faible")],
)
def test_confidence_is_in_words_and_a_number(share: float, expected: str) -> None:
    written = Reader(answer(FRENCH).confidence(share)).text
    assert written.startswith(expected)
    assert FRENCH.confidence(share) in written


def test_badges_state_what_is_known(make_info: Callable[..., DocumentInfo]) -> None:
    objective = Objective(code="OIC-202-03-B", title="Mechanisms")
    stated = Reader(
        document(ENGLISH).badges(make_info(objective=objective, licence="CC BY 4.0"), page=3)
    ).text
    assert stated == "EnglishOIC-202-03-BRank BPage 3CC BY 4.0"
    taught = make_info(objectives=("OIC-202-01-A", "OIC-202-02-A"))
    assert "Teaches OIC-202-01-A, OIC-202-02-A" in Reader(document(ENGLISH).badges(taught)).text
    bare = Reader(document(ENGLISH).badges(make_info())).text
    assert bare == "English"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(
    url: str, linked: bool, make_info: Callable[..., DocumentInfo]
) -> None:
    header = document(ENGLISH).header(make_info(url=url))
    assert ("<a " in header) is linked
    assert "javascript" not in header


def test_passages_carry_their_language(make_hit: Callable[..., Hit]) -> None:
    assert 'class="qa-snippet" lang="en"' in answer(FRENCH).passage(make_hit())
    assert 'lang="fr">Pourquoi' in answer(ENGLISH).question(0, "Pourquoi ?", "fr")


def test_long_passages_are_cut_at_a_word(make_hit: Callable[..., Hit]) -> None:
    shown = Reader(answer(FRENCH).passage(make_hit("word " * 100), longest=22)).text
    assert "word word word word…" in shown


@pytest.mark.parametrize("count", [1, 10, 25])
def test_contributions_add_up_to_the_score(count: int) -> None:
    terms = [
        TermMatch(question_term=f"w{n}", matched=f"m{n}", via="exact", contribution=n + 0.25)
        for n in range(count)
    ]
    score = sum(term.contribution for term in terms)
    table = answer(ENGLISH).terms(terms, score)
    figures = [float(figure) for figure in re.findall(r'"qa-number">([\d.]+)<', table)]
    assert figures[-1] == pytest.approx(score)
    assert sum(figures[:-1]) == pytest.approx(score)
    assert figures[0] == max(figures[: min(count, 10)])


def test_the_widest_bar_is_the_greatest_contribution() -> None:
    terms = [
        TermMatch(question_term="a", matched="a", via="exact", contribution=1.0),
        TermMatch(question_term="b", matched="b", via="glossary", contribution=4.0),
    ]
    table = answer(ENGLISH).terms(terms, 5.0)
    assert re.findall(r"width:(\d+)%", table) == ["100", "25"]
    assert table.index("translation") < table.index("same word")
    assert "width" not in answer(ENGLISH).terms([], 0.0)
