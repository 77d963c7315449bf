"""The long run: `make fuzz`, or `python -m tests.hostile --inputs N --seed S`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.hostile.fuzz import faults, mutated


def main() -> int:
    """Read as many mutated files as are asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="folder for what was found")
    options = parser.parse_args()
    found = 0
    for found, fault in enumerate(faults(mutated(options.seed, options.inputs)), start=1):
        options.keep.mkdir(exist_ok=True)
        path = options.keep / f"{options.seed}-{found}-{fault.input.name}"
        path.write_bytes(fault.input.data)
        sys.stdout.write(f"{path}: {fault.how.cause} {fault.how.detail}\n")
    sys.stdout.write(f"{options.inputs} files, {found} that a reader did not survive\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
