"""Where an index is, a folder or a cluster: each command has one name for both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import ClusterError
from qa.index import store
from qa.index.cluster.address import Address
from qa.index.index import Index, SearchIndex
from qa.meaning.encoder import Opening, open_encoder
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.index.update import Progress
    from qa.index.update_report import IndexReport
    from qa.index.verify import Compared, Verification


def open_index(place: Path | str, settings: Settings) -> SearchIndex:
    """The index in a folder or at the address of a cluster."""
    address = Address.of(place)
    if address is None:
        return Index.open(Path(place))
    from qa.index.cluster.open import open_current

    return open_current(address, settings)


def require(place: Path, settings: Settings) -> str:
    """Where an index is, in full; raises `IndexNotFoundError` where there is none."""
    address = Address.of(place)
    if address is None:
        store.require(place)
        return str(place.resolve())
    from qa.index.cluster.layout import require_current
    from qa.index.cluster.open import connect

    require_current(connect(address, settings))
    return str(address)


def stamp(place: Path, settings: Settings) -> str:
    """Changes when another generation of the index is swapped in."""
    address = Address.of(place)
    if address is None:
        return store.current(place)
    from qa.index.cluster.layout import require_current
    from qa.index.cluster.open import connect

    return require_current(connect(address, settings)).key


def update_index(
    sources: Iterable[Path | str],
    place: Path,
    settings: Settings,
    *,
    rebuild: bool = False,
    encoder: str | None = None,
    opening: Opening = open_encoder,
    added_by: str = "",
    on_progress: Progress | None = None,
    on_encoding: Progress | None = None,
) -> IndexReport:
    """See `qa.index.update.update_index`, and `qa.index.cluster.update` for a cluster."""
    address = Address.of(place)
    if address is None:
        from qa.index import update

        return update.update_index(
            sources,
            place,
            settings,
            rebuild=rebuild,
            encoder=encoder,
            opening=opening,
            added_by=added_by,
            on_progress=on_progress,
            on_encoding=on_encoding,
        )
    if encoder:
        raise ClusterError("an index in a cluster keeps no vectors; leave --encoder out")
    from qa.index.cluster.update import update_cluster

    return update_cluster(sources, address, settings, rebuild=rebuild, on_progress=on_progress)


def remove_document(place: Path, document_id: str, settings: Settings) -> IndexReport:
    """See `qa.index.update.remove_documents`."""
    address = Address.of(place)
    if address is None:
        from qa.index import update

        return update.remove_documents(place, [document_id])
    from qa.index.cluster.update import remove_from_cluster

    return remove_from_cluster(address, document_id, settings)


def compare_originals(
    place: Path, settings: Settings, on_progress: Progress
) -> tuple[Compared, ...]:
    """See `qa.index.verify`; those of a cluster are on the machine that made it."""
    if Address.of(place) is not None:
        return ()
    from qa.index import verify

    return verify.compare_originals(place, settings.reading, on_progress)


def verify_index(place: Path, settings: Settings) -> Verification:
    """See `qa.index.verify.verify_index`."""
    from qa.index import verify

    address = Address.of(place)
    if address is None:
        return verify.verify_index(place)
    from qa.index.cluster.update import verify_cluster

    return verify_cluster(address, settings)
