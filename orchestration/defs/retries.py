"""Which failures are worth another try: those of disks and networks, never those of data.

A failed model, test, audit or guard gives the same answer again, so it fails at once. A webhook has
tries of its own (`lib/notify`), a file that cannot be read yet waits for the next run, and a run
whose process was killed is begun again by the instance (`dagster.yaml`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

TRIES = 2
SECONDS_BETWEEN = 30


@contextmanager
def again_when_unreachable() -> Iterator[None]:
    """Ask for another try when a file cannot be written; what is within may be done twice."""
    try:
        yield
    except OSError as error:
        raise dg.RetryRequested(max_retries=TRIES, seconds_to_wait=SECONDS_BETWEEN) from error
