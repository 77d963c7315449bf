"""Text to what it says as JSON, for all files that are handed over."""

from __future__ import annotations

import json
from typing import Any

from evaluation.errors import DatasetError


def parse_json(text: str) -> Any:
    """What a JSON text says; raises `DatasetError` without the place, which the caller knows."""
    try:
        value = json.loads(text)
        half = _half_character(text, value)
    # An integer of very many digits is no `JSONDecodeError`, but a plain `ValueError`.
    except (ValueError, RecursionError) as error:
        raise DatasetError("not JSON ({error})", error=error) from error
    if half:
        raise DatasetError("{half} is half of a character; give both or none", half=half)
    return value


def _half_character(text: str, value: object) -> str:
    """The first surrogate that stands alone, which UTF-8 cannot hold; only escapes lead to one."""
    if "\\u" not in text:
        return ""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return ascii(error.object[error.start])
    return ""
