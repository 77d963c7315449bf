"""A change of an index that is killed leaves the index of before or that of after."""

from __future__ import annotations

import re
import subprocess
import sys


def test_a_killed_change_is_made_or_not() -> None:
    # In a process of its own: one that has threads is not to be forked.
    command = [sys.executable, "-m", "tests.hostile.sudden_ends", "--kills", "6"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    for change in ("upload", "remove"):
        counts = re.search(rf"^{change}: (\d+) after, (\d+) before$", said.stdout, re.MULTILINE)
        assert counts is not None, said.stdout
        assert sum(map(int, counts.groups())) == 6
