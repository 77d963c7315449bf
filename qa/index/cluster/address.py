"""Where an index in a cluster is: `opensearch://HOST:PORT[,HOST:PORT...]/NAME`.

`elasticsearch://` is the same to us: what is asked of either, both understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from qa.errors import ClusterError

_ENGINES: Final = "opensearch|elasticsearch"
# As a path, which options and settings give, an address has lost one of its slashes.
_ADDRESS: Final = re.compile(rf"({_ENGINES})(s?):/{{1,2}}([^/]*)/([^/]*)/?")
_HOST: Final = re.compile(r"((?:\[[0-9A-Fa-f:]+\]|[\w.-]+))(?::([0-9]{1,5}))?")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
_PORT: Final = 9200


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The nodes that may be asked, and the name of the index."""

    engine: str
    """As the user named it: `opensearch` or `elasticsearch`."""
    hosts: tuple[str, ...]
    """`HOST:PORT`, each a node of one cluster."""
    name: str
    secure: bool
    """Whether connections are encrypted, and the certificates of the nodes checked."""

    def __str__(self) -> str:
        secure = "s" if self.secure else ""
        return f"{self.engine}{secure}://{','.join(self.hosts)}/{self.name}"

    @classmethod
    def of(cls, place: Path | str) -> Self | None:
        """The address that stands where a folder could, or `None` for a folder.

        Raises `ClusterError` for an address that cannot be meant.
        """
        text = str(place)
        if not re.match(rf"({_ENGINES})s?:/", text):
            return None
        if "@" in text:
            # Not shown: what stands before the sign is a password.
            raise ClusterError(
                "an address of a cluster has no name and password in it; set QA_CLUSTER_USER and"
                " QA_CLUSTER_PASSWORD"
            )
        found = _ADDRESS.fullmatch(text)
        hosts = [_HOST.fullmatch(host) for host in found[3].split(",")] if found else []
        if not found or not all(hosts) or not _NAME.fullmatch(found[4]):
            raise ClusterError(
                "{text} is no address of an index in a cluster; expected"
                " opensearch://HOST:PORT/NAME, opensearchs:// for an encrypted connection, the name"
                " in small letters, digits, dots, dashes and underscores",
                text=text,
            )
        return cls(
            engine=found[1],
            hosts=tuple(f"{host[1]}:{host[2] or _PORT}" for host in hosts if host),
            name=found[4],
            secure=bool(found[2]),
        )
