"""A report on a question set as HTML: the page of `qa-eval run --html`, and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest
from typing import Final

from evaluation.html.figures import HeatRow, bars, heat_map, reliability_diagram, risk_curve
from evaluation.html.page import element, page, table, tiles
from evaluation.question_report import SLICED, Failure, QuestionReport
from evaluation.words import ENGLISH, ReportWords

_HEADLINE: Final = (
    "nDCG@10",
    "passage Success@1",
    "answer_hit",
    "citation_precision",
    "abstention_auroc",
)
MOST_FAILURES: Final = 1000
"""On one page, so that a browser can still open it."""
_NOT_A_SHARE: Final = ("extract_words",)
_FILTER: Final = """<script>
for (const select of document.querySelectorAll("select[data-filter]"))
  select.addEventListener("change", () => {
    const wanted = [...document.querySelectorAll("select[data-filter]")];
    for (const item of document.querySelectorAll("details[data-kind]"))
      item.hidden = wanted.some(s => s.value && item.dataset[s.dataset.filter] !== s.value);
  });
</script>"""


def question_page(report: QuestionReport, words: ReportWords = ENGLISH) -> str:
    """A report as one page that needs nothing else."""
    title = words.title.format(name=report.questions.name)
    return page(title, _body(report, title, words), language=words.language)


def _body(report: QuestionReport, title: str, words: ReportWords) -> Iterator[str]:
    yield element("h1", title)
    yield from figures(report, words)
    failures = list(report.failures())
    yield failures_heading(report, words)
    kinds = {failure.question.kind for failure in failures}
    yield _select("kind", words.kind, {kind: kind for kind in sorted(kinds)}, words)
    whys = {failure.why: words.whys[failure.why] for failure in failures}
    yield _select("why", words.why, dict(sorted(whys.items())), words)
    for failure in failures[:MOST_FAILURES]:
        yield failure_details(failure, words)
    hidden = len(failures) - MOST_FAILURES
    if hidden > 0:
        yield element("p", words.failures_hidden.format(count=hidden), class_="lead")
    yield foundations(report, words)
    yield _FILTER


def figures(
    report: QuestionReport, words: ReportWords, *, most_slices: int | None = None
) -> Iterator[str]:
    """Headline, bars, when to answer, and slices; `most_slices` shows the largest only."""
    answerable = sum(outcome.question.answerable for outcome in report.outcomes)
    lead = words.lead.format(count=len(report.outcomes), answerable=answerable)
    yield element("p", lead, class_="lead")
    found = dict(report.estimates())
    yield tiles([(name, f"{found[name].value:.3f}") for name in _HEADLINE if name in found])
    yield element("h2", words.measures)
    shares = [(name, one) for name, one in found.items() if name not in _NOT_A_SHARE]
    yield bars(shares, title=words.measures_figure)
    if "extract_words" in found:
        average = f"{found['extract_words'].value:.1f}"
        yield element("p", words.extract_words.format(words=average))
    yield element("h2", words.when)
    yield element("p", words.when_lead, class_="lead")
    curve = risk_curve(report.curve, words)
    yield f'<div class="pair">{curve}{reliability_diagram(report.reliability, words)}</div>'
    yield element("h2", words.slices)
    yield from _slices(report, words, most_slices)


def _slices(report: QuestionReport, words: ReportWords, most: int | None) -> Iterator[str]:
    slices = list(report.slices())
    shown = list(range(len(slices)))
    if most is not None and len(slices) > most:
        shown = sorted(nlargest(most, shown, key=lambda place: slices[place].size))
    rows = (
        HeatRow(
            words.sliced.format(by=words.slice_names[one.by], value=one.value), one.size, one.means
        )
        for one in (slices[place] for place in shown)
    )
    yield heat_map((words.slice, words.questions, *SLICED), rows)
    if hidden := len(slices) - len(shown):
        yield element("p", words.slices_hidden.format(count=hidden), class_="lead")


def failures_heading(report: QuestionReport, words: ReportWords) -> str:
    """How many questions went wrong."""
    wrong = sum(1 for _ in report.failures())
    return element("h2", words.failures.format(wrong=wrong, count=len(report.outcomes)))


def _select(name: str, label: str, values: dict[str, str], words: ReportWords) -> str:
    options = "".join(element("option", shown, value=value) for value, shown in values.items())
    return (
        f'<label>{label} <select data-filter="{name}"><option value="">{words.all}</option>'
        f"{options}</select></label>"
    )


def failure_details(failure: Failure, words: ReportWords) -> str:
    """What was found and what was wanted, closed at first."""
    question, outcome = failure.question, failure.outcome
    place = words.place.format(place=outcome.place) if outcome.place else words.no_place
    if not question.answerable:
        place = words.unanswerable
    note = f"{words.whys[failure.why]} · {place} · {words.confidence} {outcome.confidence:.2f}"
    parts = [
        f"<summary>{element('b', question.id)}"
        f" {element('span', question.text, lang=question.language)}"
        f" {element('small', note)}</summary>"
    ]
    if outcome.first is not None:
        parts.append(element("p", words.found.format(passage=outcome.first.id)))
        found = outcome.first
        parts.append(element("blockquote", found.text, class_="found", lang=found.language))
    for extract in outcome.extracts:
        parts.append(element("p", words.extract.format(document=extract.document)))
        parts.append(element("blockquote", extract.text))
    for evidence in question.evidence:
        parts.append(element("p", words.wanted.format(document=evidence.document)))
        parts.append(element("blockquote", evidence.quote, class_="wanted", lang=evidence.language))
    opening = element("details", "", data_kind=question.kind, data_why=failure.why)
    return opening.removesuffix("</details>") + "".join(parts) + "</details>"


def foundations(report: QuestionReport, words: ReportWords) -> str:
    """Digests, settings and versions that the figures rest on."""
    known = report.provenance
    rows = [
        [words.sha256, report.questions.sha256],
        [words.fingerprint, str(known["index_fingerprint"])],
        *([words.setting.format(name=n), str(value)] for n, value in known["settings"].items()),
        *([name, str(value)] for name, value in known["libraries"].items()),
    ]
    return element("h2", words.rests) + table(["", ""], rows, kind="facts")
