r"""Formulas in TeX as a line of text: `\frac{a}{b} \leq 10^{-3}` as `a/b ≤ 10⁻³`."""

from __future__ import annotations

import re
from typing import Final

_SYMBOLS: Final = {
    **dict(
        zip(
            "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta"
            " iota kappa lambda mu nu"
            " xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma"
            " Delta Theta Lambda Xi Pi Sigma"
            " Phi Psi Omega".split(),
            "αβγδεεζηθϑικλμνξπρστυφφχψωΓΔΘΛΞΠΣΦΨΩ",
            strict=True,
        )
    ),
    **dict(
        zip(
            "leq le geq ge neq ne approx equiv sim simeq pm mp"
            " times div cdot infty partial nabla sum"
            " prod int sqrt in notin subset cup cap forall"
            " exists rightarrow to leftarrow Rightarrow"
            " Leftarrow leftrightarrow uparrow downarrow ll gg propto degree circ ldots dots cdots"
            " ell emptyset angle parallel perp wedge vee neg hbar leqslant geqslant longrightarrow"
            " rightleftharpoons mapsto prime bullet star ast mid".split(),
            "≤ ≤ ≥ ≥ ≠ ≠ ≈ ≡ ∼ ≃ ± ∓ × ÷ · ∞ ∂ ∇ ∑ ∏ ∫ √ ∈ ∉ ⊂ ∪ ∩ ∀ ∃ → → ← ⇒ ⇐ ↔ ↑ ↓ ≪ ≫ ∝ ° ° …"
            " … … ℓ ∅ ∠ ∥ ⊥ ∧ ∨ ¬ ℏ ≤ ≥ → ⇌ ↦ ′ • ⋆ ∗ |".split(),
            strict=True,
        )
    ),
}
_NOTHING: Final = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle scriptstyle limits"
    " nolimits mathrm mathbf mathit mathsf mathcal mathbb mathfrak text textrm textbf textit"
    " operatorname mbox hbox rm bf it boldsymbol bm overline underline bar hat tilde vec dot ddot"
    " widehat widetilde ce cee chem mathop rlap llap phantom label tag nonumber notag begin end"
    " color".split()
)
_SPACES: Final = frozenset("quad qquad , ; : ! > enspace thinspace \\ &".split()) | {" ", "\\"}
_TOKEN = re.compile(r"\\([A-Za-z]+|.)\*?|([{}^_&~])|([^\\{}^_&~]+)", re.DOTALL)
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SIMPLE = re.compile(r"[^\W_]+[⁰-⁹²³¹⁻⁺₀-₉′]*|\([^()]*\)")
_DEEPEST: Final = 40
_LONGEST_SIMPLE: Final = 40
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_EXPONENT = re.compile(r"[+\-−]?[\dn]+|[\dn]*[+\-−]")


def math_text(tex: str) -> str:
    """A formula as a line of text; what has no sign of its own stays as its name."""
    if not any(char in tex for char in "\\^_{}~&$"):
        return " ".join(tex.split())
    tokens = [match.group(0) for match in _TOKEN.finditer(tex.replace("$", ""))]
    text, _ = _group(tokens, 0, 0)
    return " ".join(text.split())


def _group(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """The text up to the brace that closes a group, and the place behind it."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at] != "}":
        text, at = _item(tokens, at, depth)
        parts.append(text)
    return "".join(parts), at + 1


def _item(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """The text of one part or group, and the place behind it."""
    part = tokens[at]
    if depth > _DEEPEST:
        return part.strip("{}"), at + 1
    if part == "{":
        return _group(tokens, at + 1, depth + 1)
    if part in ("^", "_"):
        inner, after = _argument(tokens, at + 1, depth)
        return _script(part, inner), after
    if part.startswith("\\") and len(part) > 1:
        return _command(tokens, at, depth)
    return (" " if part in ("&", "~") else part), at + 1


def _argument(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """The next group, or the next letter; the rest of its part stays."""
    while at < len(tokens) and tokens[at].isspace():
        at += 1
    if at >= len(tokens) or tokens[at] == "}":
        return "", at
    part = tokens[at]
    if part[0] not in "\\{^_" and len(part) > 1:
        tokens[at] = part[1:]
        return part[0], at
    return _item(tokens, at, depth + 1)


def _script(sign: str, inner: str) -> str:
    if sign == "^":
        text = raised(inner)
        return text if text != inner or inner in ("°", "′", "") else f"^{_grouped(inner)}"
    lowered = inner.translate(_LOWERED)
    return lowered if inner.strip("0123456789+-") == "" else f"_{inner}"


def _command(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    name = tokens[at][1:].rstrip("*")
    if name in ("frac", "dfrac", "tfrac", "cfrac"):
        over, after = _argument(tokens, at + 1, depth)
        under, after = _argument(tokens, after, depth)
        return f"{_grouped(over)}/{_grouped(under)}", after
    if name == "sqrt":
        inner, after = _argument(tokens, at + 1, depth)
        return f"√{_grouped(inner)}", after
    if name in ("begin", "end", "label", "color", "tag"):
        _, after = _argument(tokens, at + 1, depth)
        return " ", after
    if name in _NOTHING:
        return "", at + 1
    if name in _SPACES:
        return " ", at + 1
    if name in _SYMBOLS:
        return _SYMBOLS[name], at + 1
    return (name if name.isalpha() else name[:1]), at + 1


def _grouped(text: str) -> str:
    inner = text.strip()
    is_simple = len(inner) <= _LONGEST_SIMPLE and _SIMPLE.fullmatch(inner)
    return inner if len(inner) == 1 or is_simple else f"({inner})"


def raised(text: str) -> str:
    """Return the superscript of an exponent or a charge; other text stays as it is."""
    inner = text.strip()
    return inner.translate(_RAISED) if _EXPONENT.fullmatch(inner) else text
