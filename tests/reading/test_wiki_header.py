"""The template of an objective page, whatever its fields are called."""

import pytest

from qa.models import Objective
from qa.reading.wikitext import is_objective_page, read_wikitext

SOUND = Objective(
    code="OIC-901-02-B",
    title="Knowing the phases of the tide",
    item_title="Tides and currents",
    description="Ebb, flow and slack water",
    rubric="Definition",
    contributors=("Ada Brun", "Louis Petit"),
    order=2,
)
BODY = "The sea rises twice a day."


def page(*fields: str, opener: str = "{{knowledge objective", closer: str = "}}") -> str:
    """Return a page whose template has these `name=value` fields."""
    return opener + "".join(f"\n|{field}" for field in fields) + closer + f"\n\n{BODY}\n"


HEAD = ("Identifiant=OIC-901-02-B", "Item_parent=Tides and currents")
SHORT = "Item_parent_short=Tides"
TAIL = ("Contributors=Ada Brun,Louis Petit", "Order=2")
TITLE = "Knowing the phases of the tide"
ABOUT = "Ebb, flow and slack water"


@pytest.mark.parametrize(
    ("title", "description", "rubric"),
    [
        (f"Title={TITLE}", f"Description={ABOUT}", "Rubric=Definition"),
        (f"Intitulé={TITLE}", f"Description={ABOUT}", "Rubrique=Definition"),
        (f"Intitle={TITLE}", f"Description={ABOUT}", "Topic=Definition"),
        (f"Title={TITLE}", f"Description={ABOUT}", "Heading=Definition"),
        (f"Heading={TITLE}", f"Description={ABOUT}", "Section=Definition"),
        (f"Heading={TITLE}", f"Description={ABOUT}", "Heading=Definition"),
        (f"Topic={TITLE}", f"Description={ABOUT}", "Item=Definition"),
        (f"Item_parent_short={TITLE}", f"Description={ABOUT}", "Rubric=Definition"),
        (f"Title={TITLE}", f"Description={ABOUT}", "Definition"),
        (f"Title={TITLE}", ABOUT, "Rubric=Definition"),
        (
            f"Title= ''{TITLE}''",
            "Description=[[Sea|Ebb]], flow<br />\nand slack water",
            "Rubric =Definition",
        ),
    ],
)
@pytest.mark.parametrize("rank", ["Rank=B", "Rang=B"])
def test_every_field_is_found_under_any_name(
    title: str, description: str, rubric: str, rank: str
) -> None:
    content = read_wikitext(page(*HEAD, SHORT, rank, title, description, rubric, *TAIL))
    assert content.objective == SOUND
    assert (SOUND.rank, SOUND.item) == ("B", "901")
    assert content.title == TITLE
    assert content.text == BODY
    assert content.notices == ()


@pytest.mark.parametrize(
    ("opener", "closer"),
    [
        ("{{knowledge objective", "}}"),
        ("{{Knowledge objective ", "\n}}"),
        ("{{Objectif de connaissance", "}}"),
        ("{{objective of knowledge", "}}"),
        ("{{objectif of knowledge", "}}"),
        ("<br />{knowledge objective", "}}"),
        ("*knowledge objective", "}}"),
        ("<gallery>\nFile:tide.png\n</gallery>{{knowledge objective", "}}"),
        ("{{knowledge objective", "\n"),
    ],
)
def test_damaged_braces_do_not_hide_the_template(opener: str, closer: str) -> None:
    fields = (*HEAD, SHORT, "Rank=B", f"Title={TITLE}", f"Description={ABOUT}", "Rubric=Definition")
    text = page(*fields, *TAIL, opener=opener, closer=closer)
    assert is_objective_page(text)
    content = read_wikitext(text)
    assert content.objective == SOUND
    assert content.text == BODY


def test_text_before_the_template_is_content() -> None:
    text = "High water comes late.{{knowledge objective\n|Title=Tides\n|Description=None}}\n" + BODY
    assert read_wikitext(text).text == f"High water comes late.\n\n{BODY}"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("Title=T", "Description=None", "Rubric=R"), ("T", "", "R")),
        (("Title=T", "Rubric=R"), ("T", "", "R")),
        (("Intitle=T", "Section=R"), ("T", "", "R")),
        (("Heading=T", "Topic=R"), ("T", "", "R")),
        (("Title=T", "Description=D", "T"), ("T", "D T", "")),
        (("Title=T", "Description=D", "and a long tail of the same thought", "Rubric=R"),
         ("T", "D and a long tail of the same thought", "R")),
        (("Title=T", "Description=D {{x|y=z}} [[a|b=c]]", "Rubric=R"), ("T", "D […] b=c", "R")),
        (("Title=T", "Description=D", "Order =2|Contributors=A"), ("T", "D", "")),
        (("Title=T", "Description=if p = 2 then", "Rubric=R"), ("T", "if p = 2 then", "R")),
    ],
)  # fmt: skip
def test_fields_that_are_missing_or_split(
    fields: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    objective = read_wikitext(page(*HEAD, "Rank=B", *fields)).objective
    assert objective is not None
    assert (objective.title, objective.description, objective.rubric) == expected


def test_the_item_said_again_is_not_a_title() -> None:
    fields = ("Item_parent_short=The tides and the currents", "Description=D", "Rubric=R")
    content = read_wikitext(page(*HEAD, SHORT, "Rank=B", *fields))
    assert content.objective is not None
    assert content.objective.title == ""
    assert content.title == "D"
    assert [notice.kind for notice in content.notices] == ["objective-without-title"]


def test_a_page_without_body_is_its_description() -> None:
    content = read_wikitext(
        "{{knowledge objective\n|Identifiant=X\n|Title=T\n|Description=D\n|Rubric=R}}"
    )
    assert content.text == "D"
    assert [notice.kind for notice in content.notices] == ["objective-without-body"]


@pytest.mark.parametrize(
    "text",
    ["", "A knowledge objective is a statement | of intent.", "{{infobox\n|a=b}}", "| a | b |"],
)
def test_other_text_is_no_objective_page(text: str) -> None:
    assert not is_objective_page(text)
