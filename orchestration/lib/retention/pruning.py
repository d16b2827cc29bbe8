"""Lets go of what is older than the rules keep, and writes down what went."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import append_record
from orchestration.lib.retention.finding import MANIFEST, QUARANTINE, Expired
from orchestration.lib.retention.limits import history_file
from orchestration.lib.retention.raw_rows import let_go
from orchestration.lib.settings import Settings


def prune(
    connection: duckdb.DuckDBPyConnection, settings: Settings, found: Sequence[Expired]
) -> None:
    """Delete what was found; of rows in quarantine the text goes, and the counts stay.

    What is to go is written to the history first. A prune that is killed is begun again; rows of
    raw tables also go with the next ingest.
    """
    for one in found:
        _record(settings, one)
        failpoint("prune.after_record")
        if one.limit:
            let_go(connection, one.limit)
        elif one.layer == QUARANTINE:
            connection.execute(
                "update raw_ops.quarantine set raw_text = null where quarantined_at < ?",
                [one.written_before.replace(tzinfo=None)],
            )
        for path in one.paths:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
                path.with_name(f"{path.stem}{MANIFEST}").unlink(missing_ok=True)
            failpoint("prune.mid_delete")


def _record(settings: Settings, one: Expired) -> None:
    record = {
        "at": datetime.now(UTC).isoformat(),
        "rule_id": one.rule_id,
        "layer": one.layer,
        "paths": [str(path.relative_to(settings.home)) for path in one.paths],
        "rows": one.rows,
    }
    if one.limit:
        record |= {
            "table": one.limit.spec.name,
            "moment": one.limit.moment,
            "written_before": one.limit.before.isoformat(),
        }
    append_record(history_file(settings), record)
