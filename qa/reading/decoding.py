"""From the bytes of a file to clean characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from qa.errors import UnreadableDocumentError

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
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Noncharacters are reserved for internal use, and the wikitext reader uses them; the others have
# no visible form and only keep equal words apart.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes) -> str:
    """Return the text of a file: NFC, line feeds only, no control characters.

    UTF-8 and anything with a byte-order mark is taken at its word; other encodings are detected.
    Raises UnreadableDocumentError, without a file name, when the bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return normalise(data[len(mark) :].decode(encoding, errors="replace"))
    _refuse_binary(data)
    try:
        return normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return normalise(data.decode(_detect(data, error), errors="replace"))


def normalise(text: str) -> str:
    """Return `text` in NFC, with line feeds as only line ends and no control characters."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


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
    if sum(character > "\x7f" for character in sound) > 4 * damaged:
        return "utf-8"
    # Around the first odd byte: a long ASCII head would hide the evidence.
    near = data[max(error.start - _SAMPLE // 2, 0) : error.start + _SAMPLE // 2]
    western = [one for one in near.decode("cp1252", errors="replace") if one > "\x7f"]
    if sum(one in _WESTERN for one in western) >= _MOSTLY * len(western):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(near, cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    return "cp1252" if best is None else best.encoding
