"""Phrases written as plain words, and where a text has them."""

from __future__ import annotations

import pytest

from qa.retrieval.phrases import Phrases
from qa.retrieval.question_words import words_of


def met(phrase: str, text: str) -> str | None:
    """The words that a phrase takes from a text."""
    book: Phrases[str] = Phrases(
        lists={"be": frozenset({"is", "are"})}, little=frozenset({"and", "the"})
    )
    book.add("tag", [phrase])
    words = words_of(text)
    matches = book.matches(words)
    return " ".join(text[slice(*words.spans[p])] for p in matches[0].words) if matches else None


@pytest.mark.parametrize(
    ("phrase", "text", "taken"),
    [
        ("effet secondaire", "les Effets secondaires", "Effets secondaires"),
        ("effet indesirable", "effet indésirable", "effet indésirable"),
        ("effet secondaire", "cancers secondaires", None),
        ("side|adverse effect", "adverse effects", "adverse effects"),
        ("what <be> a", "What are a", "What are a"),
        ("how long [does] it", "how long it", "how long it"),
        ("how long [does] it", "how long does it", "how long does it"),
        ("traite*", "on traitera", "traitera"),
        ("how ... work", "how does it work", "how work"),
        ("how ... work", "work, how", None),
        ("how ... work", "how a b c d e f g h i work", None),
        ("which +drug causes", "which drug causes", "which causes"),
        ("which _ causes", "which thing causes", "which causes"),
        ("^ can", "and can it", "can"),
        ("^ can", "it can", None),
        ("^ can", "in pregnancy, can it", "can"),
        ("is safe $", "it is safe, then", "is safe"),
        ("is safe $", "it is safe then", None),
        ("work", "the work-up", None),
        ("work up", "the work-up", "work up"),
        ("traite", "comment traite-t-on", "traite"),
        ("management of", "managment of", "management of".replace("ge", "g")),
        ("cause of", "pause of", None),
        ("side effect", "side. Effects", "side Effects"),
    ],
)
def test_what_a_phrase_takes_from_a_text(phrase: str, text: str, taken: str | None) -> None:
    assert met(phrase, text) == taken


def test_a_phrase_begins_with_a_word() -> None:
    book: Phrases[str] = Phrases(lists={}, little=frozenset())
    with pytest.raises(ValueError, match="must begin with a word"):
        book.add("tag", ["[the] effect"])


def test_spans_are_of_the_text_as_given() -> None:
    text = "Cœur, ﬁèvre et e\u0301tat"
    assert [text[start:end] for start, end in words_of(text).spans] == [
        "Cœur",
        "ﬁèvre",
        "et",
        "e\u0301tat",
    ]
