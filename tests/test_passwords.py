"""The password of instructors is kept as a hash."""

from __future__ import annotations

import pytest

from qa.errors import SettingsError
from qa.passwords import hashed, matches


def test_a_hash_matches_its_password_only() -> None:
    kept = hashed("correct horse")
    assert "horse" not in kept
    assert matches("correct horse", kept)
    assert not matches("correct horse ", kept)
    assert hashed("correct horse") != kept


@pytest.mark.parametrize(
    "kept", ["secret", "scrypt:", "scrypt:a:b", "scrypt::YQ==", "md5:YQ==:YQ=="]
)
def test_what_is_no_hash_says_how_to_make_one(kept: str) -> None:
    with pytest.raises(SettingsError, match="qa password"):
        matches("secret", kept)
