"""Bytes to characters."""

import codecs

import pytest

from qa.errors import UnreadableDocumentError
from qa.reading.decoding import decode

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
        (b"a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("e\u0301te\u0301".encode(), "été"),
        ("a\ufeffb\u200bc\u00add".encode(), "abcd"),
        (b"", ""),
    ],
)
def test_text_comes_out_right_whatever_its_encoding(data: bytes, expected: str) -> None:
    assert decode(data) == expected


def test_a_damaged_byte_does_not_turn_utf8_into_another_encoding() -> None:
    text = decode(FRENCH.encode()[:200] + b"\xff" + FRENCH.encode())
    assert text.count("œdème") >= 3
    assert "Å" not in text


def test_an_odd_byte_behind_a_long_ascii_head_is_decoded() -> None:
    assert decode(b"plain words " * 20_000 + "élève".encode("cp1252")).endswith("élève")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04" + bytes(40)]
)
def test_binary_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="binary or unknown format; save it as text"):
        decode(data)
