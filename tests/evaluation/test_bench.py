"""The bench: seeded material, and every engine that is installed is timed."""

from __future__ import annotations

from evaluation.bench import Held, Timing, contenders, growth, make_material, measure, ratios
from qa.settings import Settings


def test_material_is_the_same_every_time() -> None:
    assert make_material(20, 5) == make_material(20, 5)
    material = make_material(50, 5)
    assert len(set(material.passages)) == 50
    assert all(3 <= len(question.split()) <= 7 for question in material.questions)


def test_every_engine_is_timed_on_the_same_questions() -> None:
    timings = measure(contenders(Settings(), peers=True), make_material(30, 4))
    assert [t.engine for t in timings[:3]] == ["qa rank", "qa ask", "qa words"]
    assert {"scikit-learn", "SQLite FTS5"} <= {t.engine for t in timings}
    for timing in timings:
        found = timing.as_json()
        assert found["passages"] == 30
        assert found["first_ms"] > 0
        assert found["load_ms"] > 0
        assert (found["disk_bytes_per_passage"] > 0) == (timing.engine != "scikit-learn")
        assert found["queries_per_second"] > 0
        assert len(timing.question_ms) == 4
    assert [one["engine"] for one in ratios(timings)] == [t.engine for t in timings[1:]]


def test_peers_are_only_timed_when_asked_for() -> None:
    assert [one.library for one in contenders(Settings(), peers=False)] == ["qa"]


def test_growth_is_the_slope_between_the_fewest_and_the_most() -> None:
    held = Held(
        build_seconds=1,
        build_processor_seconds=1,
        load_seconds=1,
        disk_bytes=1,
        memory_bytes=1,
    )
    timings = [
        Timing(engine=engine, passages=passages, held=held, first_ms=1, question_ms=(ms,) * 3)
        for engine, passages, ms in [
            ("a", 100, 2.0),
            ("a", 1_000, 5.0),
            ("a", 10_000, 20.0),
            ("b", 100, 1.0),
        ]
    ]
    assert list(growth(timings)) == [{"engine": "a", "p50_growth": 0.5}]
