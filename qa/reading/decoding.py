"""From the bytes of a file to clean characters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from qa.analysis.marks import without_piles
from qa.errors import UnreadableDocumentError
from qa.models import Notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_WESTERN = frozenset("àâäçéèêëîïôöùûüœæÀÂÇÉÈÊËÎÏÔÖÙÛÜŒßñáíóú’‘“”«»–—…•°²³µ±×½€©®™\xa0")
_MOSTLY = 0.9
_MAX_CONTROL_SHARE = 0.01
_MIN_UTF16 = 8
_FEW, _MANY = 0.05, 0.5
"""Shares of zeros in every second byte: one half of UTF-16 has few, the other many."""
_MIN_MOJIBAKE = 2
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Noncharacters are reserved for internal use, and the wikitext reader uses them; the others have
# no visible form and only keep equal words apart.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Where Latin-9 has œ, Œ and €, Windows-1252 has fractions, which do not stand in words, and ¤.
_LATIN9 = re.compile(r"[^\W\d_][¼½]|(?<!\d)[¼½][^\W\d_]{3}|¤")
_C1_BYTES = re.compile(rb"[\x80-\x9f]")
_ODD_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}
"""What stands for a byte that is not UTF-8 (under `surrogateescape`), as Windows-1252."""
_TAIL = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "\x80-\xbf"
_MOJIBAKE = re.compile(f"[ÂÃÅ][{_TAIL}]|â[{_TAIL}]{{2}}")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and what was odd about its bytes."""

    text: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file: NFC, line feeds only, no control characters.

    UTF-8 and anything with a byte-order mark is taken at its word; other encodings are detected.
    Raises UnreadableDocumentError, without a file name, when the bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :].decode(encoding, errors="replace"))
    if encoding := _utf16(data):
        return _decoded(data.decode(encoding, errors="replace"))
    sound = data.rstrip(b"\x00") or data
    notices = []
    if len(sound) < len(data):
        message = f"{len(data) - len(sound)} zero bytes at the end were left out; save it again"
        notices.append(Notice(kind="trailing-zeros", message=message))
    _refuse_binary(sound)
    try:
        return _decoded(sound.decode("utf-8"), *notices)
    except UnicodeDecodeError as error:
        encoding = _detect(sound, error)
    if encoding != "utf-8":
        return _decoded(sound.decode(encoding, errors="replace"), *notices)
    text = sound.decode("utf-8", errors="surrogateescape")
    odd = len(_SURROGATE.findall(text))
    message = f"{odd} bytes are not UTF-8 and were read as Windows-1252; save it as UTF-8"
    return _decoded(
        text.translate(_ODD_BYTES), *notices, Notice(kind="mixed-encoding", message=message)
    )


def _decoded(text: str, *notices: Notice) -> Decoded:
    clean = normalise(text)
    found = len(_MOJIBAKE.findall(clean))
    if found >= _MIN_MOJIBAKE:
        message = f"{found} letters look decoded twice (“Ã©” for “é”); convert the file again"
        notices = (*notices, Notice(kind="mojibake", message=message))
    return Decoded(text=clean, notices=notices)


def normalise(text: str) -> str:
    """Return `text` in NFC, with line feeds as only line ends and no control characters."""
    text = _TERMINAL_CODE.sub("", text) if "\x1b" in text else text
    text = _SURROGATE.sub("\ufffd", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", without_piles(text))


def _utf16(data: bytes) -> str:
    """Name the byte order of UTF-16 without a mark; empty for anything else."""
    sample = data[:_SAMPLE]
    if len(sample) < _MIN_UTF16:
        return ""
    half = len(sample) // 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > _FEW or max(even, odd) < _MANY:
        return ""
    text = sample.decode(encoding, errors="replace")
    odd_ones = len(_UNWANTED.findall(text)) + text.count("\ufffd")
    return encoding if odd_ones <= 1 + _MAX_CONTROL_SHARE * len(text) else ""


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = len(_CONTROL_BYTES.findall(sample))
    if b"\x00" in sample or controls > _MAX_CONTROL_SHARE * len(sample):
        raise UnreadableDocumentError(
            "binary or unknown format; save it as text (UTF-8), Markdown or wikitext"
        )


def _detect(data: bytes, error: UnicodeDecodeError) -> str:
    """Name the encoding of bytes that are not UTF-8."""
    # A file that is UTF-8 but for a few damaged bytes must not be read as Latin-1 throughout.
    head = data[:_SAMPLE]
    sound = head.decode("utf-8", errors="ignore")
    damaged = len(head) - len(sound.encode("utf-8"))
    if 2 * sum(character > "\x7f" for character in sound) > damaged:
        return "utf-8"
    # Around the first odd byte: a long ASCII head would hide the evidence.
    near = data[max(error.start - _SAMPLE // 2, 0) : error.start + _SAMPLE // 2]
    western = [one for one in near.decode("cp1252", errors="replace") if one > "\x7f"]
    if sum(one in _WESTERN for one in western) >= _MOSTLY * len(western):
        is_latin9 = not _C1_BYTES.search(data) and _LATIN9.search(near.decode("cp1252", "replace"))
        return "iso-8859-15" if is_latin9 else "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(near, cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    return "cp1252" if best is None else best.encoding
