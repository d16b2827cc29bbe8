"""Great Expectations, loaded when it is first needed, and without Spark."""

from __future__ import annotations

import os
import sys
from functools import cache
from types import ModuleType


@cache
def great_expectations() -> ModuleType:
    """The library, which takes seconds to load and asks nobody on the way.

    It would load pyspark where that is installed: for nothing, as all it judges are data frames,
    and at a price, as pyspark ends a program that was given by `python -c`.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    loaded = sys.modules.get("pyspark")
    sys.modules["pyspark"] = None
    try:
        import great_expectations
    finally:
        if loaded is None:
            del sys.modules["pyspark"]
        else:
            sys.modules["pyspark"] = loaded
    return great_expectations
