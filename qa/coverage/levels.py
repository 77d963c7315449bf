"""Confidences to levels: the rule, in code and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.coverage.records import Cell, Evidence, Level
from qa.models import Language
from qa.settings import Settings

_RULES: Final[dict[Language, str]] = {
    "en": (
        "The points of an objective are its title, its description and, where it has a page, the"
        " statements of that page. A point is covered where a passage supports it with a"
        " confidence of at least {covered}, partly from {partly}; the objective's own pages do not"
        " count. An objective is covered from {most} of its points on, partly from {some}; a point"
        " that is partly covered counts half. Where an objective has pages in both languages, a"
        " document answers for the statements of the page in its own language. The confidence"
        " tells how much of the point's words the passage and its best sentence have, in either"
        " language, and falls where the documents hardly deal with the item as a whole."
    ),
    "fr": (
        "Les points d'un objectif sont son intitulé, sa description et, s'il a une fiche, les"
        " énoncés de cette fiche. Un point est couvert si un passage le soutient avec une confiance"
        " d'au moins {covered}, en partie à partir de {partly} ; les fiches de l'objectif lui-même"
        " ne comptent pas. Un objectif est couvert à partir de {most} de ses points, en partie à"
        " partir de {some} ; un point couvert en partie compte pour moitié. Si un objectif a une"
        " fiche dans chaque langue, un document répond aux énoncés de la fiche de sa langue. La"
        " confiance dit quelle part des mots du point a le passage, et sa meilleure phrase,"
        " dans les deux langues ; elle baisse si les documents ne traitent guère de l'item."
    ),
}
_WORTH: Final = {Level.covered: 1.0, Level.partly: 0.5, Level.missing: 0.0}
"""What a point counts."""


def rule(settings: Settings, language: Language = "en") -> str:
    """What the levels mean, for the reader of a report."""
    sign = "%" if language == "en" else "\u00a0%"
    shares = {
        "covered": settings.coverage.coverage_covered,
        "partly": settings.coverage.coverage_partly,
        "most": settings.coverage.coverage_most,
        "some": settings.coverage.coverage_some,
    }
    written = {name: f"{100 * share:.0f}{sign}" for name, share in shares.items()}
    return _RULES[language].format(**written)


def level_of_point(confidence: float, settings: Settings) -> Level:
    """The level of one point."""
    if confidence >= settings.coverage.coverage_covered:
        return Level.covered
    return Level.partly if confidence >= settings.coverage.coverage_partly else Level.missing


def level_of_share(share: float, settings: Settings) -> Level:
    """The level of an objective of whose points this share is covered."""
    if share > 0 and share >= settings.coverage.coverage_most:
        return Level.covered
    return Level.partly if share > 0 and share >= settings.coverage.coverage_some else Level.missing


def measure(found: Sequence[Evidence], points: int, settings: Settings) -> Cell:
    """An objective of so many points by the best evidence for each, where there is any."""
    count = max(points, 1)
    share = sum(_WORTH[evidence.level] for evidence in found) / count
    return Cell(
        level=level_of_share(share, settings),
        share=share,
        confidence=sum(evidence.confidence for evidence in found) / count,
    )
