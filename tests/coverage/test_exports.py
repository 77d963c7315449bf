"""The report as JSON, CSV and a page."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser

from qa.coverage.exports import CSV_COLUMNS, report_to_csv, report_to_json
from qa.coverage.html_report import report_page
from qa.coverage.report import CoverageReport
from qa.locale.translator import translator


def test_json_has_every_point_and_the_rule(report: CoverageReport) -> None:
    value = json.loads(json.dumps(report_to_json(report)))
    assert value["rule"] == str(report.rule)
    assert value["index_fingerprint"] == report.index_fingerprint
    assert [one["code"] for one in value["objectives"]] == [
        one.objective.code for one in report.gaps_first
    ]
    points = [point for one in value["objectives"] for point in one["points"]]
    assert {point["level"] for point in points} >= {"covered", "missing"}
    assert all({"start", "end", "quote"} <= set(e) for p in points for e in p["evidence"])


def test_csv_has_one_line_a_point(report: CoverageReport) -> None:
    rows = list(csv.DictReader(io.StringIO(report_to_csv(report))))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert len(rows) == sum(len(one.points) for one in report.objectives)
    assert rows[0]["objective"] == "OIC-300-01-A"


def test_french_readers_get_french_reports(report: CoverageReport) -> None:
    french = translator("fr")
    rows = list(csv.DictReader(io.StringIO(report_to_csv(report, french))))
    assert rows[0]["règle"] == report.rule.said(french)
    assert {row["niveau"] for row in rows} <= {"couvert", "en partie", "manquant"}
    page = report_page(report, french)
    assert '<html lang="fr">' in page
    assert "Couverture des objectifs" in page
    for english in ("missing<", "covered<", "Objective coverage"):
        assert english not in page


def test_csv_says_once_what_the_levels_mean(report: CoverageReport) -> None:
    rows = list(csv.DictReader(io.StringIO(report_to_csv(report))))
    assert [row["rule"] for row in rows] == [str(report.rule)] + [""] * (len(rows) - 1)


def hostile(report: CoverageReport, text: str) -> CoverageReport:
    first, *rest = report.objectives
    changed = replace(first, objective=replace(first.objective, title=text))
    return replace(report, objectives=(changed, *rest))


def test_no_cell_becomes_a_formula(report: CoverageReport) -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\tx"):
        rows = csv.DictReader(io.StringIO(report_to_csv(hostile(report, text))))
        assert any(row["title"] == f"'{text}" for row in rows)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.text += " ".join(value or "" for name, value in attrs if name in ("src", "href"))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    return parser


def test_the_page_stands_alone_and_shows_the_evidence(report: CoverageReport) -> None:
    page = read(report_page(report))
    assert "://" not in page.text
    assert not {"link", "img", "iframe"} & set(page.tags)
    assert "it blocks a soluble ligand such as TNF" in page.text
    assert str(report.rule) in page.text
    assert page.text.index("OIC-300-01-A") < page.text.index("OIC-202-03-B")


def test_the_page_escapes_everything(report: CoverageReport) -> None:
    text = '<img src=x onerror="alert(1)">'
    page = report_page(hostile(report, text))
    assert "<img" not in page
    assert text in read(page).text
