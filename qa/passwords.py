"""The password of instructors: kept as a hash that nobody can turn back."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import scrypt
from typing import Final

from qa.errors import SettingsError

# What RFC 7914 and OWASP name for sign-in: 16 MB and some hundredths of a second a try.
_COST: Final = 2**14
_BLOCK: Final = 8
_LANES: Final = 1
_SALT_BYTES: Final = 16
_KIND: Final = "scrypt"


def hashed(password: str) -> str:
    """What to put into the settings for a password, another one each time."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return ":".join((_KIND, _text(salt), _text(_hash(password, salt))))


def matches(password: str, kept: str) -> bool:
    """Whether this is the password; raises `SettingsError` for what `hashed` did not make."""
    kind, _, rest = kept.partition(":")
    salt, _, wanted = rest.partition(":")
    try:
        if kind != _KIND or not salt or not wanted:
            raise ValueError
        given = _hash(password, urlsafe_b64decode(salt))
        return hmac.compare_digest(given, urlsafe_b64decode(wanted))
    except (ValueError, Error) as error:
        raise SettingsError(
            "instructor_password is no hash of a password; make one with `qa password`"
        ) from error


def _hash(password: str, salt: bytes) -> bytes:
    return scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES)


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode()
