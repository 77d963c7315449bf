"""The page of `qa-eval run --html`."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.html.figures import HeatRow, bars, heat_map, reliability_diagram, risk_curve
from evaluation.html.page import element, page, table, tiles
from evaluation.intervals import Estimate
from evaluation.question_report import SLICED, Failure, QuestionReport

_HEADLINE = ("nDCG@10", "passage Success@1", "answer_hit", "citation_precision", "abstention_auroc")
_NOT_A_SHARE = ("extract_words",)
_FILTER = """<script>
for (const select of document.querySelectorAll("select[data-filter]"))
  select.addEventListener("change", () => {
    const wanted = [...document.querySelectorAll("select[data-filter]")];
    for (const item of document.querySelectorAll("details[data-kind]"))
      item.hidden = wanted.some(s => s.value && item.dataset[s.dataset.filter] !== s.value);
  });
</script>"""


def question_page(report: QuestionReport) -> str:
    """A report as one page that needs nothing else."""
    estimates = list(report.estimates())
    return page(f"Evaluation: {report.questions.name}", _body(report, estimates))


def _body(report: QuestionReport, estimates: list[tuple[str, Estimate]]) -> Iterator[str]:
    answerable = sum(outcome.question.answerable for outcome in report.outcomes)
    yield element("h1", f"Evaluation: {report.questions.name}")
    yield element(
        "p",
        f"{len(report.outcomes)} questions, {answerable} of them answerable from the documents."
        " Intervals are 95 % bootstrap intervals over questions.",
        class_="lead",
    )
    found = dict(estimates)
    yield tiles([(name, f"{found[name].value:.3f}") for name in _HEADLINE if name in found])
    yield element("h2", "Measures")
    shares = [(name, one) for name, one in estimates if name not in _NOT_A_SHARE]
    yield bars(shares, title="Measures with 95 % intervals")
    if "extract_words" in found:
        yield element("p", f"Extracts have {found['extract_words'].value:.1f} words on average.")
    yield element("h2", "When to answer")
    yield element(
        "p",
        "Risk over coverage: how often an answer is wrong, when only the most confident questions"
        " are answered. Confidence against the share of right answers: on the dashed line they"
        " agree; a larger dot stands for more questions.",
        class_="lead",
    )
    curve = risk_curve(report.curve, title="Risk-coverage curve")
    diagram = reliability_diagram(report.reliability, title="Reliability diagram")
    yield f'<div class="pair">{curve}{diagram}</div>'
    yield element("h2", "Slices")
    yield heat_map(
        SLICED, (HeatRow(f"{s.by}: {s.value}", s.size, s.means) for s in report.slices())
    )
    yield from _failures(report)
    yield element("h2", "What this rests on")
    yield table(["", ""], _provenance(report))
    yield _FILTER


def _failures(report: QuestionReport) -> Iterator[str]:
    failures = list(report.failures())
    yield element("h2", f"What went wrong: {len(failures)} of {len(report.outcomes)} questions")
    yield _select("kind", "kind", sorted({failure.question.kind for failure in failures}))
    yield _select("why", "what went wrong", sorted({failure.why for failure in failures}))
    for failure in failures:
        yield _failure(failure)


def _select(name: str, label: str, values: list[str]) -> str:
    options = "".join(element("option", value, value=value) for value in values)
    return (
        f'<label>{label} <select data-filter="{name}"><option value="">all</option>'
        f"{options}</select></label>"
    )


def _failure(failure: Failure) -> str:
    question, outcome = failure.question, failure.outcome
    place = f"rank of the evidence: {outcome.place}" if outcome.place else "evidence not found"
    if not question.answerable:
        place = "the documents do not answer"
    note = f"{failure.why} · {place} · confidence {outcome.confidence:.2f}"
    parts = [
        f"<summary>{element('b', question.id)} {element('span', question.text)}"
        f" {element('small', note)}</summary>"
    ]
    if outcome.first is not None:
        parts.append(element("p", f"Found first: {outcome.first.id}"))
        parts.append(element("blockquote", outcome.first.text, class_="found"))
    for extract in outcome.extracts:
        parts.append(element("p", f"Extract of {extract.document}:"))
        parts.append(element("blockquote", extract.text))
    for evidence in question.evidence:
        parts.append(element("p", f"Wanted, of {evidence.document}:"))
        parts.append(element("blockquote", evidence.quote, class_="wanted"))
    opening = element("details", "", data_kind=question.kind, data_why=failure.why)
    return opening.removesuffix("</details>") + "".join(parts) + "</details>"


def _provenance(report: QuestionReport) -> list[list[str]]:
    known = report.provenance
    return [
        ["questions, SHA-256", report.questions.sha256],
        ["index fingerprint", str(known["index_fingerprint"])],
        *([f"setting {name}", str(value)] for name, value in known["settings"].items()),
        *([name, str(value)] for name, value in known["libraries"].items()),
    ]
