"""What people write into exports reads alike on both engines, however odd."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.engines import engine
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import DEFAULT_TARGET, SPARK, common_arguments
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings

HERE = Path(__file__).parent
MACROS = {
    "moment": "try_timestamp('text')",
    "local": "utc_of_local('text', 'America/Sao_Paulo')",
    "number": "try_number('text')",
    "whole": "try_integer('text')",
    "truth": "try_boolean('text')",
    "field": "json_text('text', 'a')",
    "decoded": "url_decoded('text')",
    "email": "clean_email('text')",
    "host": "url_host('text')",
    "path": "url_path('text')",
}
TEXTS = """
2026-07-01|2026-07-01 10:00|2026-07-01T10:00:00Z|2026-07-01T10:00:00+02:00|2026-07-01t10:00:00z
2026-07-01 10:00:00.123456|2026-07-01 10:00:00 Europe/Berlin|2026-07-01T10:00:00+0200|2026-7-1
2026/07/01|2026/7/1 9:05|2026-07|2026|10:30|T10:30|now|today|01.07.2026|07/01/2026|20260701
2026-13-01|2026-02-30|2026-07-01T10|2018-02-17 23:30:00|2018-11-04 00:30:00|9999-12-31| 2026-07-01
1|1.5|1,5|1e3| 2 |+3|-4|.5|5.|0x10|1_000|NaN|99999999999999|1.23455|-1.23455|2.5|-2.5|3%|1 000|١
true|FALSE|t|F|0|yes|no|on| true |wahr|a%20b|a+b|%E4|%zz|100%|%C3%A4|%F0%9F%98%80|a%2
{"a": "x"}|{"a": 1.0}|{"a": true}|{"a": null}|{"b": 1}|{"a": {"b": 1}}|{"a": [1, 2]}|{"a": "x"
[1]|"a"|{"a": 1e3}|{"a": "x"} trailing|{"a": ""}|{"A": 1}|not json
https://a.com/x?y=1|HTTP://User:p@A.com:80/P?Q|//a.com|a.com/x|mailto:x@y.z|android-app://com.x/y
Mia <Mia@acme.com>|mailto:mia@acme.com|mia@acme.com;|\u00a0mia@acme.com|Mia <@acme.com>|@acme.com
"""
# A local time that names its offset is none; nobody asks for it.
WITH_OFFSET = re.compile(r":00(Z|[+]|\s\w)", re.I)

pytestmark = pytest.mark.slow


def answers(settings: Settings, *, target: str) -> dict[str, tuple]:
    """What each macro of one engine makes of each text, as text."""
    texts = sorted({text for line in TEXTS.strip().splitlines() for text in line.split("|")})
    rows = " union all ".join(f"select '{text}' as text" for text in texts)
    columns = ", ".join(
        f"cast({{{{ {call} }}}} as varchar(255)) as {name}" for name, call in MACROS.items()
    )
    query = ["show", "--limit", "-1", "--inline", f"select text, {columns} from ({rows}) as texts"]
    with engine(settings, target=target):
        manifest = parsed_project(settings, target=target)
        arguments = common_arguments(settings, as_of=None, target=target)
        found = call_dbt(settings, [*query, *arguments], manifest=manifest)
    return {str(row[0]): tuple(row)[1:] for row in found.results[0].agate_table.rows}


def test_texts_are_read_alike(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_CONF_DIR", str(HERE))
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)
    one, other = (answers(settings, target=target) for target in (DEFAULT_TARGET, SPARK))
    assert one.keys() == other.keys()
    differing = {
        (text, name): (ours, theirs)
        for text in one
        for name, ours, theirs in zip(MACROS, one[text], other[text], strict=True)
        if ours != theirs and not (name == "local" and WITH_OFFSET.search(text))
    }
    assert differing == {}
