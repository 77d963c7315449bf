"""Reader of subtitles (SubRip, WebVTT): what is said, in paragraphs that begin at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from qa.reading.content import Content, TextBuilder
from qa.reading.formats import read_decoded

FORMAT: Final = "subtitles"

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,80}\}")
_HEADER = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")
_END = re.compile(r"[.!?…][\"'»”)\]]*\Z")
_PARAGRAPH: Final = 60
"""Seconds that a paragraph lasts at least: it ends with the sentence after that."""


@dataclass(frozen=True, slots=True)
class _Cue:
    seconds: int
    text: str


def read_subtitles(data: bytes, _name: str) -> Content:
    """Read the subtitles of a film; the time at which a paragraph begins is its heading."""
    return read_decoded(data, _read)


def _read(text: str) -> Content:
    builder = TextBuilder()
    said: list[str] = []
    start = 0
    for cue in _cues(text):
        if said and cue.seconds - start >= _PARAGRAPH and _END.search(said[-1]):
            _add(builder, start, said)
            said = []
        if not said:
            start = cue.seconds
        # A line of a rolling caption stands again in the next cue.
        if not said or said[-1] != cue.text:
            said.append(cue.text)
    _add(builder, start, said)
    return builder.content(FORMAT)


def _add(builder: TextBuilder, start: int, said: list[str]) -> None:
    if said:
        minutes, seconds = divmod(start, 60)
        hours, minutes = divmod(minutes, 60)
        builder.add("heading", f"{hours}:{minutes:02}:{seconds:02}", level=1)
        builder.add("paragraph", " ".join(said))


def _cues(text: str) -> Iterator[_Cue]:
    """The cues, a line at a time, in the order of the file."""
    seconds: int | None = None
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        times = [place for place, line in enumerate(lines) if _TIMING.fullmatch(line)]
        if not times:
            continue
        for place, line in enumerate(lines[times[0] :], start=times[0]):
            timing = _TIMING.fullmatch(line)
            if timing:
                seconds = int(timing[1] or 0) * 3600 + int(timing[2]) * 60 + int(timing[3])
                continue
            # The number of the next cue, where no blank line stands before it.
            if line.strip().isdecimal() and place + 1 in times:
                continue
            said = " ".join(unescape(_TAG.sub("", line)).split())
            if said and seconds is not None and not _HEADER.match(said):
                yield _Cue(seconds, said.removeprefix("- ") if said.startswith("- ") else said)
