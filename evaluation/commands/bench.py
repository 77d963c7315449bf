"""`qa-eval bench`: time to index and to answer, by number of passages."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from evaluation.bench import Timing, contenders, growth, make_material, measure, ratios
from evaluation.commands.common import Overrides, print_records, settings_with
from qa.commands.options import AsJson, print_json, progress

_DEFAULT = (1_000, 10_000)
_COLUMNS = (
    *("engine", "passages", "index_seconds", "index_processor_seconds", "load_ms"),
    *("disk_bytes_per_passage", "memory_mb", "first_ms", "p50_ms", "p99_ms"),
)


def bench(
    passages: Annotated[list[int] | None, typer.Option(min=10, help="Numbers of passages.")] = None,
    more: Annotated[
        list[int] | None, typer.Argument(min=10, hidden=True, help="Further numbers of passages.")
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Time peers too.")] = False,
    index: Annotated[
        str | None,
        typer.Option(
            "--index",
            metavar="ADDRESS",
            help="Time sending an index to opensearch://HOST:PORT/NAME and asking it there too,"
            " and plain texts beside it.",
        ),
    ] = None,
    questions: Annotated[int, typer.Option(min=1, help="Questions to ask.")] = 300,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Time indexing and questions on made-up passages, next to peers in the same run."""
    settings = settings_with(overrides)
    compared = contenders(settings, peers=peers)
    if index is not None:
        from evaluation.cluster_bench import cluster_contenders

        compared += cluster_contenders(index, settings)
    numbers = [*(passages or ()), *(more or ())] or _DEFAULT
    every: list[Timing] = []
    multiples: list[dict[str, Any]] = []
    with progress("bench") as show:
        for done, number in enumerate(numbers, start=1):
            timings = measure(compared, make_material(number, questions))
            every.extend(timings)
            multiples.extend({"passages": number, **ratio} for ratio in ratios(timings))
            show(done, len(numbers))
    found = [timing.as_json() for timing in every]
    exponents = list(growth(every))
    if as_json:
        print_json({"timings": found, "ratios_to_qa_rank": multiples, "growth": exponents})
        return
    print_records(_COLUMNS, found)
    sys.stdout.write("\nmultiples of what `qa rank` takes\n")
    header = ("engine", "passages", "index_seconds", "p50_ms", "p99_ms")
    print_records(header, multiples)
    if exponents:
        sys.stdout.write("\nexponent by which the median grows with the passages\n")
        print_records(("engine", "p50_growth"), exponents)
