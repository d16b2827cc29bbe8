"""Hostile input to every standard table: what lands, what is set aside; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from orchestration.lib.landing import FileReport
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home
from tests.fixtures.landing.rows import as_csv, cases, good_row, optional_typed, versions

STANDARD = [spec for spec in declared_tables() if spec.system == "files"]
every_table = pytest.mark.parametrize("spec", STANDARD, ids=lambda spec: spec.table)


@dataclass(frozen=True, kw_only=True)
class Landed:
    """A home into which every table got the same kinds of files, and the report of each file."""

    home: LandingHome
    reports: dict[str, FileReport]

    def report(self, spec: TableSpec, name: str) -> FileReport:
        """The report of one file of a table."""
        return self.reports[f"{spec.name}/{name}"]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landed]:
    with landing_home(Settings(home=tmp_path_factory.mktemp("every_table") / "home")) as home:
        for spec in STANDARD:
            for name, content in _files(spec).items():
                home.put(f"{spec.name}/{name}", content)
        reports = {report.source_file: report for report in home.ingest().files}
        yield Landed(home=home, reports=reports)


def _files(spec: TableSpec) -> dict[str, bytes | str]:
    """One file of each kind; they land in order of name."""
    first, second, third = (good_row(spec, number) for number in range(3))
    label = next(column.name for column in spec.columns if column.type == "text")
    files: dict[str, bytes | str] = {
        "a.csv": as_csv([first, second]),
        "b repeated; 'by name'.csv": as_csv([first, second]),
        "c.jsonl": f"{json.dumps(first)}\n{json.dumps(third)}\n",
        "d cases.csv": as_csv([case.row for case in cases(spec)]),
        "e zero.csv": b"",
        "f latin.csv": as_csv([good_row(spec, 10) | {label: "Müller"}]).encode("latin-1"),
        "g bytes.csv": as_csv([good_row(spec, n) | {label: f"é{n}"} for n in (20, 21)])
        .encode()
        .replace("é21".encode(), b"\xff21"),
        "h bom.csv": as_csv([good_row(spec, 30)]).replace("\n", "\r\n").encode("utf-8-sig"),
    }
    files["k versions.csv"] = as_csv(versions(spec, 50))
    for column in spec.required[-1:]:
        files["i without.csv"] = as_csv([first], without=column.name)
    for column in optional_columns(spec)[:1]:
        files["j renamed.csv"] = as_csv([good_row(spec, 40)], renamed=column)
    return files


def optional_columns(spec: TableSpec) -> list[str]:
    """Columns a file may lack without being set aside."""
    grouped = {name for group in spec.one_of for name in group}
    return [
        column.name
        for column in spec.columns
        if not column.is_required and not column.is_key and column.name not in grouped
    ]


@every_table
def test_good_rows_land_once_in_any_format(landed: Landed, spec: TableSpec) -> None:
    first = landed.report(spec, "a.csv")
    assert (first.status, first.rows_loaded, first.rows_quarantined) == ("loaded", 2, 0)
    assert landed.report(spec, "b repeated; 'by name'.csv").status == "repeated"
    other = landed.report(spec, "c.jsonl")
    assert (other.rows_loaded, other.rows_duplicate) == (1, 1)


@every_table
def test_a_key_has_versions_and_repeats_only_the_latest(landed: Landed, spec: TableSpec) -> None:
    report = landed.report(spec, "k versions.csv")
    assert report.rows_duplicate == 1
    assert report.rows_loaded == len(versions(spec, 50)) - 1
    hashes = landed.home.connection.execute(
        f'select count(distinct _key_hash) from {spec.schema}."{spec.table}" where _batch_id = ?',
        [report.batch_id],
    ).fetchall()
    empty_parts = report.rows_loaded - 2
    is_single = len(spec.key) == 1
    assert hashes == [(0 if not spec.key else 1 if is_single else 1 + empty_parts,)]


@every_table
def test_faulty_rows_are_set_aside_with_their_reason(landed: Landed, spec: TableSpec) -> None:
    report = landed.report(spec, "d cases.csv")
    found = landed.home.connection.execute(
        "select source_row, column_name, reason from raw_ops.quarantine"
        " where source_file = ? and raw_text is not null order by source_row",
        [report.source_file],
    ).fetchall()
    assert found == [
        (line, case.column, case.reason)
        for line, case in enumerate(cases(spec), start=2)
        if case.reason
    ]
    assert report.rows_loaded + report.rows_duplicate == len(cases(spec)) - len(found)


@every_table
def test_bad_optional_values_are_kept_and_counted(landed: Landed, spec: TableSpec) -> None:
    report = landed.report(spec, "d cases.csv")
    assert report.uncastable == {column.name: 1 for column in optional_typed(spec)}


@every_table
def test_encodings_and_empty_files(landed: Landed, spec: TableSpec) -> None:
    kinds = ("e zero.csv", "f latin.csv", "g bytes.csv", "h bom.csv")
    reports = [landed.report(spec, name) for name in kinds]
    assert {report.status for report in reports} == {"loaded"}
    assert [report.rows_loaded for report in reports] == [0, 1, 1, 1]
    assert [report.rows_quarantined for report in reports] == [0, 0, 1, 0]


@every_table
def test_a_file_without_a_required_column_is_rejected(landed: Landed, spec: TableSpec) -> None:
    for column in spec.required[-1:]:
        report = landed.report(spec, "i without.csv")
        assert (report.status, report.rows_quarantined) == ("rejected", 1)
        assert report.reason == f"required column is missing: {column.name}"


@every_table
def test_a_renamed_column_is_reported_and_kept(landed: Landed, spec: TableSpec) -> None:
    for column in optional_columns(spec)[:1]:
        report = landed.report(spec, "j renamed.csv")
        assert (report.status, report.rows_loaded) == ("loaded", 1)
        assert (report.unknown_columns, report.missing_columns) == ((f"My {column}",), (column,))


@every_table
def test_every_row_of_every_file_is_somewhere(landed: Landed, spec: TableSpec) -> None:
    reports = [one for one in landed.reports.values() if one.table == spec.table]
    count = landed.home.connection.execute
    kept = count(f'select count(*) from {spec.schema}."{spec.table}"').fetchall()
    assert kept == [(sum(one.rows_loaded for one in reports),)]
    table = [spec.system, spec.table]
    where = "where system = ? and table_name = ?"
    aside = count(f"select count(*) from raw_ops.quarantine {where}", table).fetchall()
    assert aside == [(sum(one.rows_quarantined for one in reports),)]
    addresses = count(f"select count(*) from raw_ops.quarantined_addresses {where}", table)
    assert bool(addresses.fetchall()[0][0]) == spec.suppresses_when_bad
