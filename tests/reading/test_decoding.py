"""Bytes to characters."""

import codecs

import pytest

from qa.errors import UnreadableDocumentError
from qa.reading.decoding import decode
from qa.reading.formats import read_content

FRENCH = "L’œdème aigu du poumon : dyspnée à l’effort, fièvre élevée, où l’ECG n’aide guère. " * 3
WESTERN = "L'œdème aigu du poumon : dyspnée à l'effort, fièvre élevée, où l'ECG n'aide guère. " * 3


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FRENCH.encode(), FRENCH),
        (codecs.BOM_UTF8 + FRENCH.encode(), FRENCH),
        (FRENCH.encode("utf-16"), FRENCH),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), FRENCH),
        (FRENCH.encode("utf-32"), FRENCH),
        (FRENCH.encode("cp1252"), FRENCH),
        (WESTERN.replace("œ", "oe").encode("latin-1"), WESTERN.replace("œ", "oe")),
        ("Café à Orléans, déjà vu.".encode("cp1252"), "Café à Orléans, déjà vu."),
        (FRENCH.encode("mac_roman"), FRENCH),
        (WESTERN.encode("iso-8859-15"), WESTERN),
        (
            "Il faut 1½ dose, ou ½ dose à jeun.".encode("cp1252"),
            "Il faut 1½ dose, ou ½ dose à jeun.",
        ),
        (FRENCH.encode("utf-16-le"), FRENCH),
        (FRENCH.encode("utf-16-be"), FRENCH),
        (b"\x1b[31mred\x1b[0m", "red"),
        (b"one\x1b two", "one two"),
        (b"a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("e\u0301te\u0301".encode(), "été"),
        ("a\ufeffb\u200bc\u00add".encode(), "abcd"),
        (b"", ""),
    ],
)
def test_text_comes_out_right_whatever_its_encoding(data: bytes, expected: str) -> None:
    assert decode(data).text == expected
    assert decode(data).notices == ()


def test_a_damaged_byte_does_not_turn_utf8_into_another_encoding() -> None:
    decoded = decode(FRENCH.encode()[:200] + b"\xff" + FRENCH.encode())
    text = decoded.text
    assert text.count("œdème") >= 3
    assert "Å" not in text
    assert [notice.kind for notice in decoded.notices] == ["mixed-encoding"]


def test_an_odd_byte_behind_a_long_ascii_head_is_decoded() -> None:
    assert decode(b"plain words " * 20_000 + "élève".encode("cp1252")).text.endswith("élève")


@pytest.mark.parametrize(
    ("data", "text", "kind"),
    [
        ("Dyspnée à l'effort.\n".encode() + bytes(30), "Dyspnée à l'effort.\n", "trailing-zeros"),
        (FRENCH.encode() + "fièvre".encode("cp1252"), FRENCH + "fièvre", "mixed-encoding"),
        (FRENCH.encode() + FRENCH.encode("cp1252"), FRENCH + FRENCH, "mixed-encoding"),
        ("élève déjà".encode().decode("cp1252", "replace").encode(), None, "mojibake"),
        ("L’été d’hiver".encode().decode("latin-1").encode(), None, "mojibake"),
    ],
)
def test_odd_bytes_are_reported(data: bytes, text: str | None, kind: str) -> None:
    decoded = decode(data)
    assert [notice.kind for notice in decoded.notices] == [kind]
    assert text is None or decoded.text == text


def test_what_is_odd_about_the_bytes_is_a_notice_of_the_document() -> None:
    content = read_content(b"The tide is high.\x00\x00", "a.txt")
    assert [notice.kind for notice in content.notices] == ["trailing-zeros"]


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04" + bytes(40)]
)
def test_binary_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="binary or unknown format; save it as text"):
        decode(data)
