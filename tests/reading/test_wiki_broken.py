"""Wiki pages whose markup is never closed."""

from time import process_time

import pytest

from qa.reading.wikitext import read_wikitext

HEADER = "{{knowledge objective\n|Identifiant=OIC-901-02-B\n|Title=Tides\n|Rubric=Definition\n}}\n"
BODY = "== Flow ==\nThe sea rises twice a day.\n* ebb\n* flow\n"
OPENERS = ("{{a|", "<div>", "<b>", "[[a|", "[http://a ", "<ref>", "<ref name='a ", "{|\n|a\n",
           "<nowiki>", "<!--", "{{a|<b>", "}}{{{{a|", "</i><i x=\"")  # fmt: skip


@pytest.mark.parametrize("opener", OPENERS)
def test_markup_that_is_never_closed_costs_no_more_than_its_length(opener: str) -> None:
    begin = process_time()
    content = read_wikitext(HEADER + BODY + opener * 10_000 + "\nSlack water lasts an hour.")
    assert process_time() - begin < 5
    assert [notice.kind for notice in content.notices] == ["broken-markup"]
    assert content.title == "Tides"
    assert "The sea rises twice a day." in content.text
    assert content.text.endswith("Slack water lasts an hour.")
    assert [one.kind for one in content.blocks][:4] == ["heading", "paragraph", "item", "item"]


@pytest.mark.parametrize("text", ["*" * 1_000_000, "# " + "*" * 500_000, "*#:;" * 100_000 + " a"])
def test_list_marks_without_end_cost_no_more_than_their_length(text: str) -> None:
    begin = process_time()
    read_wikitext(text)
    assert process_time() - begin < 5


def test_a_few_unclosed_tags_are_no_reason_to_give_up_parsing() -> None:
    content = read_wikitext("<b>The sea {{note|x}} rises.\n\n" * 20)
    assert content.notices == ()
    assert "note" not in content.text


def test_comments_of_a_broken_page_are_on_record() -> None:
    content = read_wikitext("a <!-- why --> b " + "{{c|" * 5_000)
    assert [(one.reason, one.text) for one in content.removed] == [("comment", "why")]


@pytest.mark.parametrize(
    ("fields", "title", "rubric"),
    [
        ("|Title=The {{ sea\n|Rubric=Definition\n}}\n", "The sea", "Definition"),
        ("|Title=The {{ sea |Rubric=Definition}}\n", "The sea", "Definition"),
        ("|Title=The {{ sea\n|Rubric=Definition\n", "The sea", "Definition"),
        ("|Title=The sea\n|Rubric={{abbr|Def|x}} Definition\n", "The sea", "Def Definition"),
        ("|Title=The sea\n|Rubric=Definition\n\n", "The sea", "Definition"),
    ],
)
def test_a_broken_template_is_reported_and_its_fields_are_found(
    fields: str, title: str, rubric: str
) -> None:
    page = "{{knowledge objective\n|Identifiant=OIC-901-02-B\n" + fields
    content = read_wikitext(page + "High water {{note}} comes late.")
    assert content.objective is not None
    assert (content.objective.title, content.objective.rubric) == (title, rubric)
    assert content.objective.code == "OIC-901-02-B"
    assert content.text == "High water comes late."
    assert [notice.kind for notice in content.notices] == ["broken-header"]


def test_a_template_inside_of_a_field_does_not_break_the_header() -> None:
    page = "{{knowledge objective\n|Title=Tides {{note\n|a=b}}\n|Rubric=Definition\n}}\nText."
    assert read_wikitext(page).notices[0].kind == "objective-without-code"
    assert read_wikitext(page).title == "Tides"
