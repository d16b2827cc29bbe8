"""Law 1: every row of every file of every table is somewhere, from the file to the touchpoints.

Broken by: a filter in a unified model or in one that lists candidates, a join that repeats rows, a
record that two touchpoints claim, a ledger that counts what it did not load.
"""

from __future__ import annotations

import pytest

from orchestration.lib.raw_checks import declared_tables
from tests.homes import Home

pytestmark = pytest.mark.slow

RECONCILIATION = "observability.rpt_row_reconciliation"


def test_every_sum_of_every_file_holds(built_home: Home) -> None:
    with built_home.marts() as marts:
        wrong = marts.execute(
            f"""
            select source_file from {RECONCILIATION}
            where rows_in <> rows_loaded + rows_duplicate + rows_quarantined + rows_erased
                or rows_loaded <> rows_of_no_kind + rows_not_yet + rows_superseded + rows_latest
                or rows_latest <> rows_in_touchpoints + rows_without_session
                    + rows_as_fact + rows_as_measure + rows_as_attribute + rows_set_aside
            """
        ).fetchall()
        dirt = marts.execute(
            f"select sum(rows_duplicate), sum(rows_quarantined), sum(rows_superseded) "
            f"from {RECONCILIATION}"
        ).fetchone()
    assert wrong == []
    assert all(count > 0 for count in dirt), "the world has dirt of each kind"


def test_every_table_of_the_contract_has_landed(built_home: Home) -> None:
    with built_home.marts() as marts:
        kept = dict(
            marts.execute(
                f"select source_table, sum(rows_latest) from {RECONCILIATION} "
                "where source_system = 'files' group by 1"
            ).fetchall()
        )
    declared = {spec.table for spec in declared_tables() if spec.system == "files"}
    assert kept.keys() == declared
    assert all(kept.values())


def test_what_is_set_aside_is_set_aside_by_a_row(built_home: Home) -> None:
    """No row of a kind whose every row is a touchpoint is left over, unless a type says so."""
    with built_home.marts() as marts, built_home.warehouse() as warehouse:
        set_aside = dict(
            marts.execute(
                f"select source_table, sum(rows_set_aside)::bigint from {RECONCILIATION} "
                "group by 1 having sum(rows_set_aside) > 0"
            ).fetchall()
        )
        typed = warehouse.execute(
            "select distinct record_kind from rules.touchpoint_types "
            "where is_active and grain = 'none'"
        ).fetchall()
    assert {(table,) for table in set_aside} <= set(typed)


def test_the_report_names_every_landed_file_once(built_home: Home) -> None:
    landing = built_home.settings.landing
    files = {str(path.relative_to(landing)) for path in landing.rglob("*") if path.is_file()}
    with built_home.marts() as marts:
        named = [
            name
            for (name,) in marts.execute(f"select source_file from {RECONCILIATION}").fetchall()
        ]
    assert sorted(named) == sorted(files)


def test_counts_are_those_of_the_raw_tables(built_home: Home) -> None:
    """Counted anew from raw rows: kept rows, and records, each with one latest version."""
    with built_home.marts() as marts:
        reported = {
            f"{system}.{table}": (loaded, later, latest)
            for system, table, loaded, later, latest in marts.execute(
                f"""
                select
                    source_system, source_table,
                    sum(rows_loaded), sum(rows_superseded + rows_not_yet), sum(rows_latest)
                from {RECONCILIATION} group by all
                """
            ).fetchall()
        }
    counted = {}
    with built_home.warehouse() as warehouse:
        for spec in declared_tables():
            name = f"{spec.system}.{spec.table}"
            if name in reported:
                key = " || '|' || ".join(f'"{part}"' for part in spec.key) or "_row_id"
                rows, records = warehouse.execute(
                    f"select count(*), count(distinct coalesce({key}, _row_id)) "
                    f"from {spec.schema}.{spec.table}"
                ).fetchone()
                counted[name] = (rows, rows - records, records)
    assert reported == counted


def test_every_record_of_a_touchpoint_is_told_once(built_home: Home) -> None:
    with built_home.marts() as marts:
        (records, distinct, touchpoints, leaders) = marts.execute(
            """
            select
                count(*),
                count(distinct (source_system, source_table, source_record_id)),
                count(distinct touchpoint_id),
                count_if(is_primary)
            from marts.fct_touchpoint_records
            """
        ).fetchone()
        (in_report,) = marts.execute(
            f"select sum(rows_in_touchpoints) from {RECONCILIATION}"
        ).fetchone()
        (facts,) = marts.execute("select count(*) from marts.fct_touchpoints").fetchone()
    assert records == distinct == in_report
    assert touchpoints == leaders == facts
