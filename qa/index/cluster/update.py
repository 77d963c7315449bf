"""Builds an index in a cluster, or brings it up to date.

The generation is built in the cache folder of this machine, as one on disk is, and sent from
there. So an index in a cluster has the weights and the fingerprint of one on disk, and a later run
reads only what changed; which is why every run must be on the machine of the first one.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from qa.errors import ClusterError, IndexCorruptedError, IndexWriteError
from qa.index import store, update
from qa.index.cluster.address import Address
from qa.index.cluster.client import Cluster
from qa.index.cluster.layout import Header, Kind, Place, current, header_of, require_current
from qa.index.cluster.lexicon import local_lexicon, write_lexicon
from qa.index.cluster.open import connect, open_current
from qa.index.cluster.parts import parts
from qa.index.cluster.send import Progress, missing, send, switch
from qa.index.index import Index
from qa.index.update_report import IndexReport
from qa.index.verify import Verification, check_documents
from qa.settings import ClusterSettings, Settings

_MAKER = "maker"


def update_cluster(
    sources: Iterable[Path | str],
    address: Address,
    settings: Settings,
    *,
    rebuild: bool = False,
    on_progress: Progress | None = None,
) -> IndexReport:
    """Make the index hold what `sources` have now, and keep what it has of other sources.

    `on_progress` is called with the files that are read, then with what is sent. Raises as
    `qa.index.update.update_index`, and `ClusterError`.
    """

    def read(folder: Path) -> IndexReport:
        return update.update_index(
            sources, folder, settings, rebuild=rebuild, on_progress=on_progress
        )

    return _update(address, settings, read, on_progress, rebuild=rebuild)


def remove_from_cluster(address: Address, document_id: str, settings: Settings) -> IndexReport:
    """Take one document out, until its source is indexed again."""
    return _update(address, settings, lambda folder: update.remove_documents(folder, [document_id]))


def _update(
    address: Address,
    settings: Settings,
    read: Callable[[Path], IndexReport],
    on_progress: Progress | None = None,
    *,
    rebuild: bool = False,
) -> IndexReport:
    started = time.perf_counter()
    cluster = connect(address, settings)
    stage, maker = _stage(cluster, settings.cache_dir / "cluster")
    folder = stage / "index"
    live = current(cluster)
    if live is not None and not rebuild:
        _require_own(cluster, live, maker if store.exists(folder) else "")
    report = read(folder)
    with store.write_lock(folder):
        index = Index.open(folder)
        with closing(index.catalogue):
            publish(
                index,
                cluster,
                settings.cluster,
                maker=maker,
                on_progress=on_progress or (lambda *_: None),
            )
    return replace(report, seconds=time.perf_counter() - started)


def _stage(cluster: Cluster, folder: Path) -> tuple[Path, str]:
    """Where the index is built, and what this machine is known by."""
    about = cluster.request("GET", "/", patient=False)
    stage = folder / f"{about['cluster_uuid']}-{cluster.address.name}"
    file = stage / _MAKER
    try:
        stage.mkdir(parents=True, exist_ok=True)
        if not file.is_file():
            file.write_text(uuid4().hex, encoding="utf-8")
        return stage, file.read_text(encoding="utf-8")
    except OSError as error:
        raise IndexWriteError(
            "cannot write an index to {directory}: {reason}; give another folder as cache_dir",
            directory=stage,
            reason=error.strerror or error,
        ) from error


def _require_own(cluster: Cluster, live: Place, maker: str) -> None:
    header = header_of(cluster, live)
    if header is not None and header.maker != maker:
        raise ClusterError(
            "the index at {address} was made on another machine; run `qa index` there, or name all"
            " its sources and --rebuild",
            address=cluster.address,
        )


def publish(
    index: Index,
    cluster: Cluster,
    settings: ClusterSettings,
    *,
    maker: str = "",
    on_progress: Progress = lambda *_: None,
) -> None:
    """Send an index of this machine, and make it the one that is asked."""
    place = Place.made_of(cluster.address.name, index.fingerprint)
    with tempfile.TemporaryDirectory(prefix="lexicon-") as lexicon:
        header = Header(
            fingerprint=index.fingerprint,
            settings=index.settings,
            statistics=index.statistics,
            lexicon=write_lexicon(Path(lexicon), index),
            maker=maker,
        )
        send(cluster, place, parts(index, Path(lexicon)), settings, on_progress)
    switch(cluster, place, header)


def verify_cluster(address: Address, settings: Settings) -> Verification:
    """Check everything that answers rely on.

    Raises `ClusterError`, `IndexNotFoundError`, or `IndexCorruptedError` naming the first thing
    that is wrong.
    """
    cluster = connect(address, settings)
    place = require_current(cluster)
    index = open_current(address, settings)
    counts: dict[Kind, int] = {
        "passages": index.statistics.passages,
        "documents": index.statistics.documents,
    }
    for kind, count in counts.items():
        name = place.index(kind)
        if lacking := missing(cluster, name, count):
            raise IndexCorruptedError(
                "the index at {address} lacks number {number} of {index}; run `qa index` again,"
                " which sends what is missing",
                address=address,
                number=lacking[0].start,
                index=name,
            )
    header = header_of(cluster, place)
    with tempfile.TemporaryDirectory() as folder:
        if header is not None:
            local_lexicon(cluster, place, header, Path(folder))
    return Verification(
        documents=counts["documents"],
        passages=check_documents(index.catalogue),
        fingerprint=index.fingerprint,
    )
