"""`qa-eval coverage`: does coverage tell what the documents have?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer

import qa.coverage
from evaluation.commands.common import (
    Overrides,
    figure,
    print_records,
    print_table,
    read_documents,
    settings_with,
)
from evaluation.coverage_fit import Matrix, features_text, fit, quality, read_features
from evaluation.coverage_gold import measure_gold
from evaluation.coverage_hidden import HiddenItems, measure_hidden_items, read_titles
from evaluation.coverage_items import ITEMS, fit_items, items_quality, items_text, read_items
from evaluation.coverage_pairs import (
    FEATURES,
    Pair,
    decided_pairs,
    features_of_pairs,
    measure_absent,
    read_pairs,
)
from qa.builtin import corpus_path
from qa.commands.options import AsJson, UsageError, print_json, progress, write_text
from qa.coverage.decisions import decisions_file, read_decisions
from qa.coverage.point_confidence import FILE, Model, fitted_model
from qa.engine import Engine
from qa.settings import Settings

_PLACE: Final = Path(qa.coverage.__file__).parent / FILE
_COLUMNS = (
    "objectives",
    "count",
    "with_page",
    "documents",
    "AUROC",
    "ECE",
    "precision_covered",
    "recall_covered",
    "precision_partly",
    "recall_partly",
)


def coverage(
    source: Annotated[
        Path | None,
        typer.Argument(help="The folder of LiSA pages, of which some items will be hidden."),
    ] = None,
    titles: Annotated[
        Path | None,
        typer.Option(
            "--titles", metavar="FILE", help="Titles in another language: {code: {title_fr, ...}}."
        ),
    ] = None,
    fitting: Annotated[
        bool,
        typer.Option(
            "--fit",
            help="Fit how likely a passage states a point and, to hidden pages, how likely the"
            " documents deal with an item.",
        ),
    ] = False,
    decided: Annotated[
        Path | None,
        typer.Option(
            "--decided",
            metavar="DIR",
            help="With --fit: an index beside which instructors' decisions are, to fit to as well.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="With --fit: put the numbers in place of those in use.")
    ] = False,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Compare coverage with what was judged by reading: pairs of point and passage, a table of
    objectives and documents, objectives that are surely absent; and with pages that are hidden.
    """
    settings = settings_with(overrides)
    if fitting:
        _fit(source, titles, decided, settings, write=write)
        return
    if decided is not None or write:
        raise UsageError("--decided and --write go with --fit")
    corpus = Engine.from_corpus(corpus_path(), settings)
    pairs, rows = _judged(corpus, source, titles, settings)
    covered = settings.coverage.coverage_covered
    report: dict[str, Any] = {
        "hidden": [one.as_json() for one in _hidden(source, titles, settings)] if source else [],
        "absent": [measure_absent(corpus, "corpus")],
        "pairs": quality(pairs, rows, fitted_model().points, covered).as_json(),
        "gold": measure_gold(corpus).as_json(),
    }
    if source is not None:
        report["absent"].append(measure_absent(_engine(source, settings), "lisa"))
    if as_json:
        print_json(report)
    else:
        _print(report)


def _print(report: dict[str, Any]) -> None:
    if report["hidden"]:
        print_records(_COLUMNS, report["hidden"])
    columns = ("documents", "absent", "covered", "partly", "missing")
    print_records(columns, report["absent"])
    pairs = report["pairs"]
    print_table(("judged", *pairs), [["", *map(figure, pairs.values())]])
    gold = report["gold"]
    print_records(("cells", "agreement", "kappa_linear"), [gold])
    if gold["differ"]:
        print_records(("objective", "document", "gold", "found"), gold["differ"])


def _judged(
    corpus: Engine, source: Path | None, titles: Path | None, settings: Settings
) -> tuple[list[Pair], Matrix]:
    """The judged pairs and their features; without the pages of LiSA, its own as stored."""
    pairs, rows = read_pairs(), read_features()
    if len(pairs) != len(rows):
        rows = np.zeros((len(pairs), rows.shape[1]))
    engines = {"corpus": corpus}
    if source is not None:
        engines["lisa"] = _engine(source, settings)
    given = read_titles(titles) if titles else {}
    for documents, engine in engines.items():
        numbers = [number for number, pair in enumerate(pairs) if pair.documents == documents]
        rows[numbers] = features_of_pairs(engine, [pairs[number] for number in numbers], given)
    return pairs, rows


def _fit(
    source: Path | None,
    titles: Path | None,
    decided: Path | None,
    settings: Settings,
    *,
    write: bool,
) -> None:
    if source is not None and titles is None:
        raise UsageError("some pairs of LiSA are about French titles: give --titles FILE as well")
    pairs, rows = _judged(Engine.from_corpus(corpus_path(), settings), source, titles, settings)
    text = features_text(rows)
    if decided is not None:
        engine = Engine.open(decided, settings)
        file = decisions_file(decided, settings)
        more = decided_pairs(engine, read_decisions(file, engine.documents()))
        pairs = [*pairs, *more]
        rows = np.vstack([rows, features_of_pairs(engine, more)])
    if source is None:
        items = read_items()
    else:
        items = [item for one in _hidden(source, titles, settings) for item in one.items]
    model = Model(points=fit(pairs, rows), items=fit_items(items))
    found = quality(pairs, rows, model.points, settings.coverage.coverage_covered)
    print_table(("judged", *found.as_json()), [["", *map(figure, found.as_json().values())]])
    print_records(("titles", "items", "with_page", "AUROC"), items_quality(items, model.items))
    said = json.dumps(model.as_json(), indent=1) + "\n"
    if write:
        write_text(_PLACE, said)
        write_text(FEATURES, text)
        write_text(ITEMS, items_text(items))
    else:
        sys.stdout.write(said)


def _engine(source: Path, settings: Settings) -> Engine:
    return Engine.over(read_documents(source), settings)


def _hidden(source: Path, titles: Path | None, settings: Settings) -> list[HiddenItems]:
    pages = read_documents(source)
    found = []
    # The header fields of the pages, and the titles of a file where one is given.
    for given in (None, *([read_titles(titles)] if titles else ())):
        with progress("Covering") as show:
            found.append(measure_hidden_items(pages, settings, titles=given, on_progress=show))
    return found
