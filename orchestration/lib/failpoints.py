"""Named points at which a test may kill the process, so that the next run can prove itself."""

from __future__ import annotations

import os
import signal
from collections import Counter

PASSED: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """End the process like a power cut where TOUCHLINE_FAIL_AT says so; otherwise do nothing.

    It names a point, or as `point#3` a point and the how-manyth time it is passed.
    """
    wanted = os.environ.get("TOUCHLINE_FAIL_AT")
    if not wanted:
        return
    PASSED[name] += 1
    if wanted in (name, f"{name}#{PASSED[name]}"):
        os.kill(os.getpid(), signal.SIGKILL)
