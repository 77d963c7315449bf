"""Settings: where they come from, which win, what is refused."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from qa.errors import SettingsError
from qa.settings import Settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(**sources: Any) -> Settings:
    return Settings.load(**{"environment": {}, **sources})


def test_without_sources_the_defaults_hold() -> None:
    assert load() == Settings()


def test_later_sources_win() -> None:
    Path("qa.toml").write_text("k1 = 1.1\nb = 0.1\nneighbours = 1\n")
    settings = load(environment={"QA_B": "0.2", "QA_NEIGHBOURS": "2"}, flags={"neighbours": 3})
    assert (settings.index.k1, settings.index.b, settings.ranking.neighbours) == (1.1, 0.2, 3)


def test_flags_that_were_not_given_change_nothing() -> None:
    assert load(flags={"caution": None}) == Settings()


def test_other_variables_are_not_settings() -> None:
    assert load(environment={"QA_INDEX": "x", "PATH": "y", "B": "2"}) == Settings()


def test_values_get_the_kind_of_their_setting(tmp_path: Path) -> None:
    settings = load(environment={"QA_CACHE_DIR": str(tmp_path), "QA_PASSAGE_WORDS": "80"})
    assert settings.cache_dir == tmp_path
    assert settings.index.passage_words == 80


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"caution": "never"}, "caution is 'never'; expected one of: strict, balanced, eager"),
        ({"passage_words": 3}, "passage_words is 3"),
        ({"passage_words": "many"}, "passage_words is 'many'; expected int"),
        ({"b": 1.5}, "b is 1.5"),
        ({"b": math.nan}, "b is nan"),
        ({"k1": -1}, "k1 is -1"),
        ({"unknown": 1}, "unknown setting 'unknown'; known are: "),
    ],
)
def test_wrong_values_are_named(values: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load(flags=values)


@pytest.mark.parametrize("text", ["k1 = ", "\xff"])
def test_a_malformed_file_is_named(text: str) -> None:
    Path("qa.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"qa\.toml"):
        load()


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        load(file=tmp_path / "none.toml")
