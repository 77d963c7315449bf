"""The body of a wiki page."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.wiki_inline import strip_quotes
from qa.reading.wikitext import read_wikitext

Blocks = list[tuple[str, int, str]]


def blocks(text: str) -> Blocks:
    """Return kind, level and text of the blocks of a page."""
    content = read_wikitext(text)
    return [(one.kind, one.level, content.text[one.start : one.end]) for one in content.blocks]


def terms(text: str) -> list[str]:
    """Return the key terms of a page."""
    content = read_wikitext(text)
    return [content.text[start:end] for start, end in content.key_terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("== Signs ==\nPain.", [("heading", 2, "Signs"), ("paragraph", 0, "Pain.")]),
        ("===''Early'' signs===\nAche", [("heading", 3, "Early signs"), ("paragraph", 0, "Ache")]),
        ("== Signs\nPain.", [("heading", 2, "Signs"), ("paragraph", 0, "Pain.")]),
        ("=> Pain follows.", [("paragraph", 0, "=> Pain follows.")]),
        ("* a\n** b\n* c", [("item", 1, "a"), ("item", 2, "b"), ("item", 1, "c")]),
        ("# a\n## b\n# c", [("item", 1, "a"), ("item", 2, "b"), ("item", 1, "c")]),
        (":indented", [("paragraph", 0, "indented")]),
        ("; term : sense", [("item", 1, "term : sense")]),
        ("- a\n\n- b", [("item", 1, "a"), ("item", 1, "b")]),
        ("'''-''' a\n\n'''- b'''", [("item", 1, "a"), ("item", 1, "b")]),
        ("Dose:<br />- 5 mg<br />- 9 mg", [("paragraph", 0, "Dose:"), ("item", 1, "5 mg"),
                                           ("item", 1, "9 mg")]),
        ("-5 °C at night", [("paragraph", 0, "-5 °C at night")]),
        ("1. one\n\n2. two", [("item", 1, "one"), ("item", 1, "two")]),
        ("2.5 mg a day", [("paragraph", 0, "2.5 mg a day")]),
        ("one<br />two", [("paragraph", 0, "one\ntwo")]),
        ("one\ntwo", [("paragraph", 0, "one two")]),
        ("One.\nTwo.", [("paragraph", 0, "One."), ("paragraph", 0, "Two.")]),
        ("'''Signs'''\n\nPain.", [("heading", 3, "Signs"), ("paragraph", 0, "Pain.")]),
        ("====A====\n'''2. Signs:''''\n\nPain.", [("heading", 4, "A"), ("heading", 5, "2. Signs:"),
                                                  ("paragraph", 0, "Pain.")]),
        ("'''Signs:'''\n* Pain", [("paragraph", 0, "Signs:"), ("item", 1, "Pain")]),
        ("'''Signs'''", [("paragraph", 0, "Signs")]),
        ("'''The pain comes first.'''\n\nThen fever.",
         [("paragraph", 0, "The pain comes first."), ("paragraph", 0, "Then fever.")]),
    ],
)  # fmt: skip
def test_lines_become_blocks(text: str, expected: Blocks) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Spleen SD-1|spleen]] and [[liver]]", "spleen and liver"),
        ("[https://example.org the site] or https://example.org", "the site or https://example.org"),
        ("PaO2 < 60 and > 40", "PaO2 < 60 and > 40"),
        ("<Specify the dose", "<Specify the dose"),
        ("(<half/>)", "(<half/>)"),
        ("<Daily</nowiki>, then <u>weekly</u>", "Daily, then weekly"),
        ("x<sup>2</sup>, H<sub>2</sub>O, 10<sup>9</sup>/L", "x², H2O, 10⁹/L"),
        ("a<ref>Book, p. 3</ref> b<ref name=x/>", "a b"),
        ("a &lt; b &amp; c&nbsp;d", "a < b & c d"),
        ("&lt;b&gt;", "<b>"),
        ("<nowiki>[[a]] ''b''</nowiki>", "[[a]] ''b''"),
        ("a<!-- no -->b {{Reflist|x}}", "ab"),
        ("[[Sea|the sea] here", "the sea here"),
        ("[Shore|the shore]] there", "the shore there"),
        ("Shore|the shore]] there", "Shore the shore there"),
        ("[File:a.png|thumb|A map]] there", "A map there"),
        ("[see 3] there]]", "[see 3] there"),
        ("__TOC__ a", "a"),
        ("[[File:a.png|thumb|200px|A map]] Text", "Text\n\nA map"),
        ("[[Catégorie:Mer]] Text", "Text"),
        ("<gallery widths=3>\nFile:a.png|''One''\nFile:b.png\n</gallery>", "One"),
        ("<b>Bold</b>, <span style='x'>plain</span><br>", "Bold, plain"),
        ("# a\n# b", "1. a\n2. b"),
        ("* a\n*# b\n*# c", "- a\n  1. b\n  2. c"),
        ("Le {{CO2}} et la {{SpO2}}.", "Le CO2 et la SpO2."),
    ],
)  # fmt: skip
def test_markup_becomes_text(text: str, expected: str) -> None:
    assert read_wikitext(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a '''b''' c ''d'' e", ["b", "d"]),
        ("'''b'''' c", ["b"]),
        ("''''b'''' c", ["b"]),
        ("d''''acide''' x", ["acide"]),
        ("a ''b''' c", ["b"]),
        ("a '''b", ["b"]),
        ("a '''" + "word " * 40, []),
        ("'''''b''''' c", ["b"]),
        ("* '''b''' : c", ["b"]),
        ("stray''' c", []),
        ("<b>b</b> and <em>c</em>", ["b", "c"]),
    ],
)
def test_bold_and_italics_are_key_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected
    assert "''" not in read_wikitext(text).text


TABLE = """\
{| class="wikitable"
|+ '''Tides''' by month
! Month !! style="width:9em" | Height
|-
| rowspan="2" | May || 4 m<br />5 m
|-
|- high
- low
|[[a|b]]
* c
{|
| in || side
|}
|
|}
After."""


def test_a_table_becomes_rows() -> None:
    assert blocks(TABLE) == [
        ("caption", 0, "Tides by month"),
        ("row", 0, "Month | Height"),
        ("row", 0, "May | 4 m 5 m"),
        ("row", 0, "May | - high - low | b - c"),
        ("row", 0, "in | side"),
        ("paragraph", 0, "After."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{|\n|\n* a\n* b\n|}", [("item", 1, "a"), ("item", 1, "b")]),
        ("{|\n! a\n| b", [("row", 0, "a"), ("row", 0, "b")]),
        ("{|\n|4 m | 5 m || x\n|}", [("row", 0, "4 m | 5 m | x")]),
        ("<table><tr><td>1</td><td>2</td></tr></table>", [("row", 0, "1 | 2")]),
    ],
)
def test_odd_tables_lose_nothing(text: str, expected: Blocks) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{nombre|10000|mg}} et {{unité|5|mg|kg|-1}}", "10000 mg et 5 mg·kg⁻¹"),
        ("de {{unité|10|à|20|mg}} ou {{unité|5|e=3|mg}}", "de 10 à 20 mg ou 5×10³ mg"),
        ("a {{val|1.2|0.1|e=6|u=m/s}}", "a 1.2 ± 0.1×10⁶ m/s"),
        ("Ca{{2+}}, 5{{x10|9}}/L, CO{{ind|2}}", "Ca²⁺, 5×10⁹/L, CO2"),
        ("au {{XXe siècle}}, le {{date-|3 mai 2020}}", "au XXe siècle, le 3 mai 2020"),
        ("Or : {{rouge|danger}}. {{refnec|Il y en a 5.}}", "Or : danger. Il y en a 5."),
        ("{{tmp|98|°F}} à {{heure|14|30}}", "98 °F à 14 h 30 min"),
        ("{{lang|en|texte=shock}} ou {{math|''E'' {{=}} ''m''}}", "shock ou E = m"),
        ("{{Infobox X|nom=Asthme|image=a.jpg|taille=3}}", "Asthme"),
        ("{{plainlist|\n* one\n* two\n}}", "one two"),
        ("so {{odd|one|two}} on", "so […] on"),
    ],
)  # fmt: skip
def test_templates_show_their_words(text: str, shown: str) -> None:
    content = read_wikitext(text)
    said = " ".join(content.text[one.start : one.end] for one in content.blocks)
    assert said.removeprefix("nom : ") == shown


def test_tables_beside_one_another_are_apart() -> None:
    table = "{|\n! a !! b\n|-\n| 1 || 2\n|}\n"
    assert read_wikitext(table * 2).text == "a | b\n1 | 2\n\na | b\n1 | 2"


def test_what_is_left_out_is_on_record() -> None:
    content = read_wikitext(
        "a<ref>R</ref> <!-- c --> {{clear}} [[File:f.png|thumb]]<gallery>g.png</gallery>"
    )
    assert [(one.reason, one.text) for one in content.removed] == [
        ("reference", "R"),
        ("comment", "c"),
        ("template", "{{clear}}"),
        ("picture", "[[File:f.png|thumb]]"),
        ("gallery", "g.png"),
    ]


def test_references_are_on_record_wherever_they_stand() -> None:
    content = read_wikitext(
        "{{knowledge objective\n|Title=Tides<ref>One</ref>\n}}\n"
        "{|\n|+ Heights<ref>Two</ref>\n| a<ref>Three</ref> || b\n|}\n* c<ref name=x>Four</ref>\n"
    )
    assert {one.reason for one in content.removed} == {"reference"}
    assert {one.text for one in content.removed} == {"One", "Two", "Three", "Four"}
    assert content.title == "Tides"


@pytest.mark.parametrize("reference", ["&#xD800;", "&#56832;", "&#xD83D;&#xDE00;"])
def test_half_a_character_never_reaches_the_text(reference: str) -> None:
    content = read_wikitext(f"{{{{knowledge objective\n|Title=a{reference}\n}}}}\nb{reference}")
    assert content.text.startswith("b\ufffd")
    content.text.encode()
    content.title.encode()


@given(st.text(alphabet="'ab .", max_size=40))
def test_quotes_never_lose_a_character(text: str) -> None:
    clean, spans = strip_quotes(text)
    kept = [char for char in clean if char != "'"]
    assert kept == [char for char in text if char != "'"]
    assert all(0 <= start < end <= len(clean) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
