"""What encoders give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Of texts: float32 (texts, dimensions)."""
