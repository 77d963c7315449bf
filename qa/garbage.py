"""How often garbage is looked for."""

from __future__ import annotations

import gc
from typing import Final

_OBJECTS_BETWEEN: Final = 20_000
"""More objects are made before garbage is looked for than the usual 700: commands and workers keep
what they make, and a tenth of the time of `qa ask`, and of indexing, went into finding that out."""


def look_for_garbage_less() -> None:
    """Let this process look for garbage less often."""
    gc.set_threshold(_OBJECTS_BETWEEN)
