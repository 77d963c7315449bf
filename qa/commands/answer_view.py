"""An answer for people at a terminal."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from qa.commands.shell import interface, printable
from qa.locale.names import LANGUAGES, VIAS, disagreement_line, origin_line
from qa.locale.translator import Translator
from qa.models import Answer, Hit, TermMatch

_TERMS_SHOWN = 4
_PREVIEW = 160


def print_answer(answer: Answer) -> None:
    """The extracts with the numbers of their sources, then the sources."""
    tr = interface()
    console = Console(highlight=False)
    if answer.abstained_because is not None:
        console.print(Text(answer.abstained_because, style="yellow" if answer.searched else ""))
    for extract in answer.extracts:
        console.print(Text.assemble(extract.text, " ", (f"[{extract.source}]", "bold cyan")))
    for disagreement in answer.disagreements:
        console.print(Text(printable(disagreement_line(disagreement, tr)), style="yellow"))
    if answer.carried:
        carried = tr("with words of the conversation: {words}", words=", ".join(answer.carried))
        console.print(Text(carried, "dim"))
    if answer.sources:
        heading = tr("Sources") if answer.answered else tr("Nearest passages")
        console.print(Text(f"\n{heading}", style="bold"))
    for hit in answer.sources:
        console.print(_source(hit, answer.collection, tr))


def _source(hit: Hit, collection: str, tr: Translator) -> Group:
    document = hit.document
    title = Text.assemble((f"[{hit.rank}] ", "bold cyan"), (printable(document.title), "bold"))
    headings = [heading for heading in hit.passage.heading if heading != document.title]
    title.append("".join(f" › {heading}" for heading in headings))
    scores = tr(
        "{language} · score {score} · confidence {confidence}",
        language=_badges(hit, tr),
        score=f"{hit.score:.2f}",
        confidence=tr.percent(hit.confidence),
    )
    lines = [Text(scores)]
    if not hit.highlights:
        lines.append(Text(_preview(hit.passage.text), style="italic"))
    lines.append(Text(printable(hit.passage.id), style="dim"))
    if origin := origin_line(document, collection, tr):
        lines.append(Text(printable(origin), style="dim"))
    if hit.copies:
        places = ", ".join(dict.fromkeys(printable(copy.document_id) for copy in hit.copies))
        lines.append(Text(tr("the same text stands in: {places}", places=places), style="dim"))
    if hit.terms:
        lines.append(Text(tr("found by {terms}", terms=_why(hit, tr)), style="dim"))
    return Group(title, Padding(Group(*lines), (0, 0, 0, 4)))


def _badges(hit: Hit, tr: Translator) -> str:
    objective = hit.document.objective
    badges = [tr(LANGUAGES[hit.passage.language])]
    if objective is not None:
        badges.append(objective.code)
        if objective.rank:
            badges.append(tr("rank {rank}", rank=objective.rank))
    if hit.passage.page is not None:
        is_slide = hit.document.format == "pptx"
        place = tr("slide {page}", page=hit.passage.page) if is_slide else None
        badges.append(place or tr("page {page}", page=hit.passage.page))
    return " · ".join(badges)


def _why(hit: Hit, tr: Translator) -> str:
    """The terms that add most to the score."""
    return ", ".join(_match(term, tr) for term in hit.terms[:_TERMS_SHOWN])


def _match(term: TermMatch, tr: Translator) -> str:
    words = f"{term.question_term} → {term.matched}" if term.matched else term.question_term
    return f"{words} ({tr(VIAS[term.via])}, {term.contribution:.1f})"


def _preview(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _PREVIEW else f"{line[: _PREVIEW - 1].rstrip()}…"
