"""Requests to a cluster, each tried on its nodes until one answers, and what can go wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from qa.errors import ClusterError, IndexWriteError
from qa.index.cluster.address import Address
from qa.settings import ClusterSettings, Login

if TYPE_CHECKING:
    from opensearchpy import Transport, TransportError

_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0
"""Seconds between attempts, doubled each time."""
_ATTEMPTS: Final = 6
"""Into so many is the time divided that a request may take: so long is one node waited for."""
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
"""What a cluster answers while a node is missed, a shard moves or a queue is full; 500 of a search
whose node went away before it answered."""
_REFUSED: Final = frozenset({401, 403})
_NOT_FOUND: Final = 404
_FAULTY: Final = 300
_EXISTS: Final = "resource_already_exists_exception"


class Cluster:
    """The nodes at an address, asked in turn; safe to share between threads."""

    def __init__(self, address: Address, settings: ClusterSettings, login: Login | None) -> None:
        self.address = address
        self._seconds = settings.cluster_seconds
        self._transport = _transport(address, settings, login)

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, str] | None = None,
        patient: bool = True,
    ) -> Any:
        """The answer to a request, or `None` where what it names is not there.

        What passes by itself is tried again for as long as `cluster_seconds` says; if not
        `patient`, each node once. Raises `ClusterError`, or `IndexWriteError` for a full disk.
        """
        from opensearchpy import TransportError

        wait, end = _FIRST_WAIT, time.monotonic() + (self._seconds if patient else 0)
        while True:
            try:
                return self._transport.perform_request(method, path, params=params, body=body)
            except TransportError as error:
                if error.status_code == _NOT_FOUND:
                    return None
                if _kind(error.info) == _EXISTS:
                    # An attempt that was not waited for has made it.
                    return {}
                if not _passes(error) or time.monotonic() + wait > end:
                    # Without its cause, which may show how the request was made.
                    raise self._said(error) from None
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def search(self, index: str, body: Mapping[str, object]) -> dict[str, Any]:
        """The answer of all shards; never of some of them only."""
        found: dict[str, Any] | None = self.request(
            "POST", f"/{index}/_search", body, params={"allow_partial_search_results": "false"}
        )
        if found is None:
            raise self.gone(index)
        return found

    def bulk(self, index: str, documents: Sequence[bytes]) -> None:
        """Write documents, each an action and a source; those that are refused for now again."""
        wait, end = _FIRST_WAIT, time.monotonic() + self._seconds
        params = {"filter_path": "errors,items.*.status,items.*.error"}
        while True:
            answer = self.request("POST", f"/{index}/_bulk", b"".join(documents), params=params)
            if answer is None:
                raise self.gone(index)
            items = [next(iter(item.values())) for item in answer["items"]]
            refused = [n for n, item in enumerate(items) if item["status"] >= _FAULTY]
            for n in refused:
                if items[n]["status"] not in _BUSY or _is_full(items[n]):
                    raise self._refusal(items[n])
            if not refused:
                return
            if len(refused) < len(documents):
                end = time.monotonic() + self._seconds
            elif time.monotonic() + wait > end:
                raise self._refusal(items[refused[0]])
            documents = [documents[n] for n in refused]
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def gone(self, index: str) -> ClusterError:
        """The error for an index that was taken away while it was in use."""
        return ClusterError(
            "{index} is not in the cluster at {address} any more; open the index again",
            index=index,
            address=self.address,
        )

    def _refusal(self, item: Mapping[str, Any]) -> ClusterError | IndexWriteError:
        return self._full() if _is_full(item) else self._says(item["error"].get("reason", ""))

    def _said(self, error: TransportError) -> ClusterError | IndexWriteError:
        from opensearchpy import ConnectionError, ConnectionTimeout, SSLError

        address = self.address
        if isinstance(error, SSLError):
            return ClusterError(
                "the certificate of {address} cannot be verified; name the file of its authority"
                " as cluster_authority",
                address=address,
            )
        if isinstance(error, ConnectionTimeout):
            return ClusterError(
                "the cluster at {address} does not answer in time; look after its nodes, or raise"
                " cluster_seconds",
                address=address,
            )
        if isinstance(error, ConnectionError):
            return ClusterError(
                "no node answers at {address}; start the cluster, or name other nodes with --index",
                address=address,
            )
        if _is_full(error.info):
            return self._full()
        if error.status_code in _REFUSED:
            return ClusterError(
                "the cluster at {address} does not let this user do that; set QA_CLUSTER_USER and"
                " QA_CLUSTER_PASSWORD to one who may",
                address=address,
            )
        return self._says(_reason(error.info) or str(error.error))

    def _full(self) -> IndexWriteError:
        return IndexWriteError(
            "the cluster at {address} takes nothing more, its disks are full; make room and run"
            " `qa index` again, which goes on where it stopped",
            address=self.address,
        )

    def _says(self, reason: str) -> ClusterError:
        return ClusterError(
            "the cluster at {address} refuses: {reason}", address=self.address, reason=reason
        )


def _transport(address: Address, settings: ClusterSettings, login: Login | None) -> Transport:
    try:
        from opensearchpy import OpenSearch
    except ModuleNotFoundError as error:
        raise ClusterError(
            "an index in a cluster needs opensearch-py; install it with"
            " `pip install qa-citations[cluster]`"
        ) from error
    # What fails is said in the end, in one line; the client would show every attempt.
    logging.getLogger("opensearch").addHandler(logging.NullHandler())
    scheme = "https" if address.secure else "http"
    return OpenSearch(
        [f"{scheme}://{host}" for host in address.hosts],
        http_auth=(login.user, login.password) if login else None,
        ca_certs=settings.cluster_authority or None,
        timeout=settings.cluster_seconds / _ATTEMPTS,
        max_retries=len(address.hosts),
        retry_on_timeout=True,
        http_compress=False,
        pool_maxsize=16,
    ).transport


def _passes(error: TransportError) -> bool:
    from opensearchpy import ConnectionError, SSLError

    if isinstance(error, ConnectionError):  # Of which a time-out is one.
        return not isinstance(error, SSLError)
    return error.status_code in _BUSY and not _is_full(error.info)


def _is_full(answer: Any) -> bool:
    """Whether an answer speaks of the block that a cluster sets where its disks are full."""
    return _kind(answer).endswith("block_exception") and any(
        word in str(answer["error"].get("reason"))
        for word in ("read-only", "disk", "create-index blocked")
    )


def _kind(answer: Any) -> str:
    """By which name an answer calls what went wrong; empty where it does not."""
    found = answer.get("error") if isinstance(answer, Mapping) else None
    return str(found.get("type", "")) if isinstance(found, Mapping) else ""


def _reason(answer: Any) -> str:
    found = answer.get("error") if isinstance(answer, Mapping) else None
    if not isinstance(found, Mapping):
        return ""
    causes: Iterable[Any] = found.get("root_cause") or [found]
    return "; ".join(str(cause.get("reason")) for cause in causes)
