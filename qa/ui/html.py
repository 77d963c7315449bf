"""Text to HTML: everything is escaped, and the only mark-up is our own.

All functions return complete elements made of escaped text, so that they can be put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from qa.models import DocumentInfo, Hit, Language, TermMatch
from qa.ui.strings import Strings

_TERMS_SHOWN = 10
_HIGH, _MEDIUM = 0.75, 0.45


def element(tag: str, content: str, /, **attributes: str | int | None) -> str:
    """An element around HTML; attribute values are escaped, `None` leaves one out.

    `class_` stands for `class`, and `aria_label` for `aria-label`.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>"


def text(tag: str, content: str, /, **attributes: str | int | None) -> str:
    """An element around plain text."""
    return element(tag, escape(content), **attributes)


def welcome(count: int, strings: Strings) -> str:
    """What the page is for, before the first question."""
    return element(
        "div",
        text("p", strings.title, class_="qa-hero", aria_hidden="true")
        + text("p", strings.subtitle, class_="qa-lead")
        + text("p", strings.holdings.format(count=count), class_="qa-facts"),
        class_="qa-welcome",
    )


def question(asked: str, language: Language, strings: Strings) -> str:
    """The user's question, its line breaks kept."""
    return element(
        "h2",
        text("span", strings.labelled.format(label=strings.question, value=""), class_="qa-hidden")
        + text("span", asked, lang=language),
        class_="qa-question",
    )


def badge(content: str, kind: str = "plain", title: str | None = None) -> str:
    """A short fact in a rounded box."""
    return text("span", content, class_=f"qa-badge qa-badge-{kind}", title=title)


def percent(share: float) -> str:
    """A share of 1 as `"76 %"`, never rounded up to certainty."""
    return f"{min(int(share * 100 + 0.5), 99)}\u00a0%"


def confidence(share: float, strings: Strings) -> str:
    """The confidence in words and as a number."""
    level = 0 if share >= _HIGH else 1 if share >= _MEDIUM else 2
    name = ("high", "medium", "low")[level]
    return badge(f"{strings.confidences[level]} · {percent(share)}", name, strings.confidence_help)


def document_badges(document: DocumentInfo, strings: Strings, page: int | None = None) -> str:
    """Language, objective, rank, page and licence of a document."""
    objective = document.objective
    facts = [badge(strings.languages[document.language])]
    if objective:
        facts.append(badge(objective.code, "code", objective.title or None))
        if objective.rank:
            facts.append(badge(strings.rank.format(rank=objective.rank), "rank"))
    elif document.objectives:
        facts.append(badge(strings.teaches.format(codes=", ".join(document.objectives)), "code"))
    if page is not None:
        facts.append(badge(strings.page.format(page=page)))
    if document.licence:
        facts.append(badge(document.licence))
    return element("div", "".join(facts), class_="qa-badges")


def document_header(
    document: DocumentInfo, strings: Strings, *, note: str = "", page: int | None = None
) -> str:
    """Title and badges of a document; `note` says why it is shown."""
    parts = [text("p", note, class_="qa-note")] if note else []
    parts.append(text("h2", document.title, class_="qa-title", lang=document.language))
    parts.append(document_badges(document, strings, page))
    if document.url.startswith(("http://", "https://")):
        parts.append(
            element(
                "p",
                text("a", document.url, href=document.url, target="_blank", rel="noopener"),
                class_="qa-url",
            )
        )
    return element("header", "".join(parts), class_="qa-header")


def heading_path(hit: Hit) -> str:
    """The headings above a passage, without the title of its document; empty without any."""
    path = [heading for heading in hit.passage.heading if heading != hit.document.title]
    return text("p", " › ".join(path), class_="qa-path", lang=hit.passage.language) if path else ""


def passage_card(hit: Hit, strings: Strings, longest: int = 180) -> str:
    """A passage in short: where it stands, its scores and how it begins."""
    flat = " ".join(hit.passage.text.split())
    short = flat if len(flat) <= longest else flat[:longest].rsplit(" ", 1)[0] + "…"
    facts = strings.scores.format(
        language=strings.languages[hit.passage.language],
        score=f"{hit.score:.2f}",
        confidence=percent(hit.confidence),
    )
    return element(
        "div",
        heading_path(hit)
        + text("p", short, class_="qa-snippet", lang=hit.passage.language)
        + text("p", facts, class_="qa-facts"),
        class_="qa-card",
    )


def abstention(reason: str, language: Language, hints: Iterable[str], strings: Strings) -> str:
    """A calm box that says that there is no answer, and why."""
    return element(
        "div",
        text("p", strings.abstained, class_="qa-abstained-title")
        + text("p", reason, lang=language)
        + "".join(text("p", hint, class_="qa-hint") for hint in hints),
        class_="qa-abstained",
        role="status",
    )


def terms_table(terms: Sequence[TermMatch], score: float, strings: Strings) -> str:
    """What each word of the question contributes; the rows add up to the score."""
    ordered = sorted(terms, key=lambda term: -term.contribution)
    shown, rest = ordered[:_TERMS_SHOWN], ordered[_TERMS_SHOWN:]
    most = max((term.contribution for term in terms), default=0.0)
    rows = [
        _term_row(
            (term.question_term, term.matched, strings.vias[term.via]), term.contribution, most
        )
        for term in shown
    ]
    if rest:
        others = sum(term.contribution for term in rest)
        rows.append(_term_row((strings.rest.format(count=len(rest)), "", ""), others, most))
    head = "".join(
        text("th", name, scope="col")
        for name in (strings.asked, strings.matched, strings.via, strings.contribution)
    )
    foot = text("th", strings.total, scope="row", colspan=3) + text(
        "td", f"{score:.2f}", class_="qa-number"
    )
    return text("p", strings.why_intro, class_="qa-facts") + element(
        "table",
        element("thead", element("tr", head))
        + element("tbody", "".join(rows))
        + element("tfoot", element("tr", foot)),
        class_="qa-terms",
    )


def _term_row(names: tuple[str, str, str], contribution: float, most: float) -> str:
    width = round(100 * max(contribution, 0.0) / most) if most > 0 else 0
    bar = text("span", "", class_="qa-bar", style=f"width:{width}%")
    return element(
        "tr",
        text("th", names[0], scope="row")
        + "".join(text("td", name) for name in names[1:])
        + element(
            "td",
            element("span", bar, class_="qa-track")
            + text("span", f"{contribution:.2f}", class_="qa-number"),
        ),
    )
