"""Quantities as the package siunitx has them: numbers with powers of ten, units by their names.

https://ctan.org/pkg/siunitx
"""

from __future__ import annotations

import re
from typing import Final

from qa.reading.superscripts import raised

_PREFIXES: Final = {
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da",
    "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
}  # fmt: skip
_UNITS: Final = {
    "gram": "g", "metre": "m", "meter": "m", "litre": "L", "liter": "L", "second": "s",
    "minute": "min", "hour": "h", "day": "d", "mole": "mol", "kelvin": "K", "ampere": "A",
    "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "volt": "V", "ohm": "Ω", "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "katal": "kat",
    "dalton": "Da", "bar": "bar", "mmHg": "mmHg", "calorie": "cal", "degree": "°", "celsius": "°C",
    "degreeCelsius": "°C", "percent": "%", "eq": "Eq",
}  # fmt: skip
_SHORT: Final = {
    **{name: name for name in ("kg", "mg", "ng", "pg", "g", "km", "m", "cm", "mm", "nm", "pm")},
    **{name: name for name in ("L", "l", "dL", "mL", "ml", "s", "ms", "h", "mol", "mmol", "kPa")},
    **{"ug": "µg", "um": "µm", "us": "µs", "uL": "µL", "ul": "µL", "umol": "µmol", "Hz": "Hz"},
}
_POWERS: Final = {"squared": "²", "cubed": "³", "square": "²", "cubic": "³"}
_TOKEN = re.compile(r"\\([A-Za-z]+)[ ]*(?:\{([^{}]{0,20})\})?|([^\\\s~]+)|\s+|~")
_POWER = re.compile(r"([\d.,+-]*)[eEdD]([+-]?\d{1,4})")


def number_text(number: str) -> str:
    """`1e-3` as it is shown: `1×10⁻³`."""
    bare = number.strip()
    power = _POWER.fullmatch(bare)
    if power is None:
        return bare.replace("+-", " ± ")
    tens = f"10{raised(power[2])}"
    return f"{power[1]}×{tens}" if power[1] else tens


def unit_text(unit: str) -> str:
    r"""`\milli\gram\per\kilo\gram` as it is written by hand: `mg/kg`."""
    parts: list[str] = []
    edge, before, power = "", "", ""
    for name, argument, literal in _TOKEN.findall(unit):
        if name == "per":
            edge = "/"
        elif name in _PREFIXES:
            before = _PREFIXES[name]
        elif name in ("tothe", "raiseto") or (name in _POWERS and parts and name.endswith("ed")):
            parts.append(_POWERS.get(name) or raised(argument))
        elif name in _POWERS:
            power = _POWERS[name]
        elif name or literal:
            sign = _UNITS.get(name) or _SHORT.get(name) or name or literal
            parts.append(f"{edge or ('·' if parts else '')}{before}{sign}{power}")
            edge, before, power = "", "", ""
    return "".join(parts)
