"""A ledger that an earlier version of Touchline wrote is read on."""

from __future__ import annotations

import duckdb

from orchestration.lib.settings import Settings
from orchestration.lib.syncs.ledger import ledger_file, open_ledger


def test_what_was_refused_before_there_were_purposes_is_refused_for_all(settings: Settings) -> None:
    settings.state.mkdir(parents=True)
    with duckdb.connect(str(ledger_file(settings))) as ledger:
        ledger.execute(
            "create table refusals (destination varchar, email varchar, status varchar,"
            " reason varchar, happened_at timestamp, read_at timestamp, file varchar,"
            " is_landed boolean);"
            "insert into refusals values ('mail', 'ada@acme-demo.com', 'unsubscribed', null,"
            " '2026-06-01', '2026-06-02', 'f', true)"
        )
    for _ in range(2):
        with open_ledger(settings) as ledger:
            known = ledger.execute("select email, is_landed, purpose from refusals").fetchall()
        assert known == [("ada@acme-demo.com", True, None)]
