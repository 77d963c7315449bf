"""Who may do what: students ask and read, instructors also see coverage, the log and uploads,
evaluators also measure. Each may do what the one before may.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Mapping
from ipaddress import ip_address
from threading import Lock
from typing import Any, Final, Literal, get_args

import streamlit as st
from streamlit import config

from qa.errors import QAError
from qa.passwords import matches
from qa.settings import AccessSettings, Role, Settings
from qa.ui.visitor import identity

Means = Literal["provider", "password", ""]
"""How one signs in: with a provider of OpenID Connect, with the password, or not at all."""

_ROLES: Final[tuple[Role, ...]] = get_args(Role)
_LASTING_SECONDS: Final = 12 * 3600
"""A working day, after which one signs in again."""
_TRIES: Final = 10
"""Wrong passwords in a minute, of all visitors together, after which none is looked at."""
_MINUTE: Final = 60.0
_SIGNED_IN: Final = "signed-in"
_NAME: Final = re.compile(r"[^\s,;'\"\[\]]+")


class SignInError(QAError):
    """One cannot sign in now, or not with this."""


class SignedIn:
    """Who has signed in with the password, until when, and the latest wrong tries."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._wrong: deque[float] = deque(maxlen=_TRIES)
        # One try at a time: each takes 16 MB.
        self._lock = Lock()

    def enter(self, who: str, password: str, kept: str) -> None:
        """Sign in; raises `SignInError` for a wrong password, or too many of them."""
        with self._lock:
            now = time.monotonic()
            if len(self._wrong) == _TRIES and now - self._wrong[0] < _MINUTE:
                raise SignInError("too many wrong passwords; try again in a minute")
            if not matches(password, kept):
                self._wrong.append(now)
                raise SignInError("this is not the password")
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[who] = now + _LASTING_SECONDS

    def leave(self, who: str) -> None:
        """Sign out."""
        self._until.pop(who, None)

    def __contains__(self, who: str) -> bool:
        return self._until.get(who, 0.0) > time.monotonic()


def means() -> Means:
    """How one signs in here."""
    if "auth" in _secrets():
        return "provider"
    return "password" if _access().instructor_password else ""


def is_signed_in() -> bool:
    """Whether the reader has."""
    if means() == "provider":
        return bool(st.user.is_logged_in)
    return _who() in _signed_in()


def name() -> str:
    """The name of a reader who has signed in with a provider, or else the address."""
    if means() != "provider" or not st.user.is_logged_in:
        return ""
    claims = st.user.to_dict()
    return str(claims.get("name") or claims.get("email") or "")


def sign_in(password: str) -> None:
    """Sign in with the password; raises `SignInError`."""
    _signed_in().enter(_who(), password, _access().instructor_password)


def sign_out() -> None:
    """Be a student again."""
    if means() == "provider":
        st.logout()
    _signed_in().leave(_who())


def role() -> Role:
    """The role of the reader.

    Where one cannot sign in, everybody may do everything on this machine, and ask elsewhere.
    """
    by = means()
    if by == "provider":
        return role_of(st.user.to_dict(), _access()) if st.user.is_logged_in else "student"
    if by == "password":
        return "evaluator" if is_signed_in() else "student"
    return "evaluator" if _is_local(listens_at()) else "student"


def at_least(least: Role) -> bool:
    """Whether the reader has this role, or one beyond it."""
    return _ROLES.index(role()) >= _ROLES.index(least)


def role_of(claims: Mapping[str, Any], access: AccessSettings) -> Role:
    """The role that a claim names, or the lists of addresses, whichever may do more."""
    named = claims.get(access.role_claim)
    said = {named} if isinstance(named, str) else set(named or ())
    address = str(claims.get("email") or "").lower()
    lists: tuple[tuple[Role, str], ...] = (
        ("evaluator", access.evaluators),
        ("instructor", access.instructors),
    )
    for one, listed in lists:
        # A provider that lets people state any address says that it is not verified.
        is_listed = claims.get("email_verified", True) and address in _names(listed)
        if one in said or is_listed:
            return one
    return "student"


def listens_at() -> object:
    """The address of the server, as it was told."""
    return config.get_option("server.address")


def _names(listed: str) -> set[str]:
    return {name.lower() for name in _NAME.findall(listed)}


def _who() -> str:
    """The browser, or the session of one that takes no cookies."""
    return identity() or str(st.session_state.setdefault(_SIGNED_IN, object()))


def _is_local(address: object) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(str(address)).is_loopback
    except ValueError:
        return False


def _secrets() -> Mapping[str, Any]:
    return st.secrets if st.secrets.load_if_toml_exists() else {}


def _access() -> AccessSettings:
    try:
        return Settings.load().access
    except QAError:
        # The pages say what is wrong with the settings, and show nothing else.
        return AccessSettings()


@st.cache_resource(show_spinner=False)
def _signed_in() -> SignedIn:
    return SignedIn()
