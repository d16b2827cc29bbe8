"""The bare work in plain DuckDB: read, de-duplicate, sessionise, roll up, write; nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ROLL_UP = """
create table sessions as
with events as (
    select distinct on (event_id) *
    from web_events
    where anonymous_id is not null
    order by event_id, occurred_at
),
gaps as (
    select
        *,
        occurred_at - lag(occurred_at) over device > interval 30 minutes as is_new
    from events
    window device as (partition by anonymous_id order by occurred_at, event_id)
),
numbered as (
    select
        *,
        sum(coalesce(is_new, true)::int) over (
            partition by anonymous_id order by occurred_at, event_id
        ) as session_number
    from gaps
)
select
    anonymous_id,
    session_number,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at,
    count(*) as events,
    arg_min(page_url, occurred_at) as landing_page
from numbered
group by all
"""


def main(landing: Path, output: Path) -> None:
    """Read every table of a landing folder and roll web events up to sessions in a new file."""
    with duckdb.connect(str(output)) as connection:
        for folder in sorted((landing / "files").iterdir()):
            connection.execute(f"create table {folder.name} as {union_of(folder)}")
        connection.execute(
            "alter table web_events alter occurred_at type timestamp "
            "using try_cast(occurred_at as timestamp)"
        )
        connection.execute(ROLL_UP)


def union_of(folder: Path) -> str:
    """One query over the files of a table, whatever their formats."""
    parts = []
    for path in sorted(folder.iterdir()):
        kind = path.suffixes[0]
        if kind == ".jsonl":
            reader = f"read_json(['{path}'], format = 'newline_delimited', ignore_errors = true)"
        elif kind == ".parquet":
            reader = f"read_parquet(['{path}'])"
        else:
            reader = f"read_csv(['{path}'], all_varchar = true, ignore_errors = true)"
        parts.append(f"select columns(*)::varchar from {reader}")
    return " union all by name ".join(parts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
