"""The long run: `make fuzz`, or `python -m tests.hostile --inputs N --seed S --minutes M`."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.fuzz import Input, faults, mutated


def main() -> int:
    """Read as many mutated files as are asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin none after these")
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="folder for what was found")
    options = parser.parse_args()
    until = time.monotonic() + options.minutes * 60
    tried = found = 0

    def inputs() -> Iterator[Input]:
        nonlocal tried
        for one in mutated(options.seed, options.inputs):
            tried += 1
            yield one
            if time.monotonic() > until:
                return

    for found, fault in enumerate(faults(inputs()), start=1):
        options.keep.mkdir(exist_ok=True)
        path = options.keep / f"{options.seed}-{found}-{fault.input.name}"
        path.write_bytes(fault.input.data)
        sys.stdout.write(f"{path}: {fault.how.cause} {fault.how.detail}\n")
    sys.stdout.write(f"{tried} files, {found} that a reader did not survive\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
