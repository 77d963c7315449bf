"""Objectives from CSV and CASE, and what is said of malformed files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.coverage.objective_files import parse_objectives, read_objectives
from qa.coverage.objectives import course_objectives
from qa.errors import ObjectivesError

HEADER = "id,title,description,item,rank,language\n"


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_table(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "o.csv",
        HEADER
        + 'OIC-202-03-B,"Knowing, well",Describe,,,en\n\nOIC-202-03-B,Connaître,,,,fr\n'
        + "X-1,Knowing the heart,,Cardiology,b,\n",
    )
    bilingual, other = course_objectives(read_objectives(path))
    assert (bilingual.code, bilingual.item, bilingual.rank) == ("OIC-202-03-B", "202", "B")
    assert bilingual.languages == ("fr", "en")
    assert [w.text for w in bilingual.points[0].wordings] == ["Connaître", "Knowing, well"]
    assert (other.item, other.item_title, other.rank) == ("", "Cardiology", "B")
    assert other.languages == ("en",)


def test_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = written(tmp_path, "o.csv", "\ufeffid;title;item\nA;Le cœur;item 7\n")
    (one,) = read_objectives(path)
    assert (one.code, one.item, one.language) == ("A", "007", "fr")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file is empty; expected a .csv or .xlsx table"),
        (" \n", "line 1: the file is empty"),
        ("\n", "line 1: the file is empty"),
        ("A,one\n", "line 1: no column id, title; expected id,title,description"),
        ("id,name\n", "line 1: no column title"),
        ("id,title,title\n", "line 1: a column that stands twice"),
        ("id,title\n", "no objectives in it"),
        ("id,title\nA,one\nB\n", "line 3: 1 cells, not 2"),
        ("id,title\nA,one,two\n", "line 2: 3 cells, not 2; quote"),
        ("id,title\n,one\n", "line 2: no id"),
        ("id,title\nA,\n", "line 2: no title"),
        ('id,title\nA,"one\nline"\nB,\n', "line 4: no title"),
        ("id,title,language\nA,one,de\n", "line 2: language is 'de'; expected fr or en"),
        ("id,title,language\nA,x,en\nA,y,en\n", "line 3: A in en stands in line 2 already"),
        ('id,title\nA,"one"x\n', "line 2: .*quote cells"),
        (b"id,title\nA,\x00\x01\n", "binary or unknown format"),
    ],
)
def test_a_malformed_table(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = written(tmp_path, "o.csv", text)
    with pytest.raises(ObjectivesError, match=message) as raised:
        read_objectives(path)
    assert str(path) in str(raised.value)


def framework(**item: object) -> dict[str, object]:
    return {"CFDocument": {"language": "en"}, "CFItems": [item]}


def test_a_framework(tmp_path: Path) -> None:
    case = {
        "CFDocument": {"language": "fr-FR"},
        "CFItems": [
            {"identifier": "p", "fullStatement": "Le cœur"},
            {"identifier": "c", "humanCodingScheme": "H-1", "fullStatement": "Décrire"},
            {"identifier": "d", "fullStatement": "Describe it", "language": "en"},
        ],
        "CFAssociations": [
            {
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": "c"},
                "destinationNodeURI": {"identifier": "p"},
            }
        ],
    }
    path = written(tmp_path, "o.json", json.dumps(case))
    child, alone = read_objectives(path)
    assert (child.code, child.item_title, child.language) == ("H-1", "Le cœur", "fr")
    assert (alone.code, alone.item_title, alone.language) == ("d", "", "en")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{\n  oops", "line 2: not JSON"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "line 1: no list CFItems"),
        ('{"CFItems": {}}', "line 1: no list CFItems"),
        ('{"CFItems": []}', "no objectives in it"),
        ('{"CFItems": [\n {"identifier": "a", "fullStatement": "b"},\n 3]}', "line 3: .* is 3"),
        ('{"CFItems": [\n {"identifier": "a", "fullStatement": 3}]}', "line 2: fullStatement is 3"),
        ('{"CFItems": [\n {"identifier": "a"}]}', "no objectives in it"),
        (json.dumps(framework(identifier="", fullStatement="b")), "line 1: identifier is ''"),
        (
            json.dumps(framework(identifier="a", fullStatement="b", language=1)),
            "language is 1; expected a text",
        ),
        (
            '{"CFItems": [\n {"identifier": "a", "fullStatement": "b"},\n'
            ' {"identifier": "a", "fullStatement": "c"}]}',
            "line 3: a stands in line 2 already; keep one",
        ),
        ('{"CFItems": [{"identifier": "a", "fullStatement": "\\ud800"}]}', "half a character"),
    ],
)
def test_a_malformed_framework(tmp_path: Path, value: str, message: str) -> None:
    path = written(tmp_path, "o.json", value)
    with pytest.raises(ObjectivesError, match=message) as raised:
        read_objectives(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\nid;title\nA;caf\xe9\n",
        "\ufeffID;Title;;collège\nA;café;;cardio\n".encode(),
        "id\ttitle\nA\tcafé\t\n".encode("utf-16"),
    ],
)
def test_tables_as_spreadsheets_save_them(data: bytes) -> None:
    remarks: list[str] = []
    (one,) = parse_objectives(data, "o.csv", lambda remark: remarks.append(str(remark)))
    assert (one.code, one.title) == ("A", "café")
    assert remarks == (["o.csv: other columns are not read: collège"] if b"cardio" in data else [])


def test_codes_that_stand_again_below_each_parent(tmp_path: Path) -> None:
    items = [
        {"identifier": "u1", "humanCodingScheme": "1", "fullStatement": "Un"},
        {"identifier": "u2", "humanCodingScheme": "a", "fullStatement": "<p>D&eacute;finir</p>"},
        {"identifier": "u3", "fullStatement": "Sans code"},
        {"identifier": "u4", "humanCodingScheme": "a", "fullStatement": "Traiter"},
        {"identifier": "u5", "humanCodingScheme": "b", "fullStatement": " "},
    ]
    links = [
        {
            "associationType": "isChildOf",
            "originNodeURI": {"identifier": child},
            "destinationNodeURI": {"identifier": parent},
        }
        for child, parent in (("u2", "u1"), ("u4", "u3"), ("u5", "u1"))
    ]
    case = json.dumps({"CFItems": items, "CFAssociations": links})
    remarks: list[str] = []
    found = parse_objectives(case.encode(), "o.json", lambda one: remarks.append(str(one)))
    assert [(one.code, one.title) for one in found] == [("1.a", "Définir"), ("u4", "Traiter")]
    assert remarks == ["o.json: 1 items without a statement are left out: u5"]


@pytest.mark.parametrize(
    "associations",
    [7, [3], [{"associationType": "isChildOf", "originNodeURI": "a", "destinationNodeURI": []}]],
)
def test_associations_that_name_no_items_group_nothing(
    tmp_path: Path, associations: object
) -> None:
    case = {**framework(identifier="a", fullStatement="Know it"), "CFAssociations": associations}
    (one,) = read_objectives(written(tmp_path, "o.json", json.dumps(case)))
    assert (one.code, one.item_title) == ("a", "")


def test_bytes_are_read_as_their_file_is() -> None:
    data = b"\xef\xbb\xbfid,title\nA,Heart\n"
    (one,) = parse_objectives(data, "o.CSV")
    assert (one.code, one.title) == ("A", "Heart")
    with pytest.raises(ObjectivesError, match=r"^o\.json, line 1: not JSON"):
        parse_objectives(data, "o.json")


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(ObjectivesError, match=r"expected a \.csv or \.xlsx table"):
        read_objectives(written(tmp_path, "o.xlsx", "x"))
    with pytest.raises(ObjectivesError, match="No such file"):
        read_objectives(tmp_path / "none.csv")
