"""The Spark session that dbt leaves running in this process."""

from __future__ import annotations

import sys


def stop_spark() -> None:
    """End the session of this process, if there is one, with what it holds in memory."""
    if "pyspark.sql" not in sys.modules:
        return
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()
