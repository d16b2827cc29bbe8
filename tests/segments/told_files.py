"""Segment files of hostile people in any format, and readers of them that are not ours."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from orchestration.lib.row_files import formats
from orchestration.lib.segments import ExportReport, export_segments
from orchestration.lib.settings import Settings
from tests.unit.published_segments import member, published_with

RUN = "20260701T000000000000Z"
LONG = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 59}.com"
FORMULA = "=HYPERLINK(\"http://x\", 'y')"
NAMES = [
    "née \u200fעדי\u202e 😀",
    'Ana "the" Diaz, Ltd',
    "two\r\nlines\u2028and",
    "tab\tnul\x00",
    None,
]
KINDS = [(one, flavour) for one in formats.FORMATS for flavour in ("machine", "human")]


def people() -> list[dict[str, Any]]:
    """Members whose cells break what is not written with care."""
    rows = [member(person_id=f"p{at}", first_name=name) for at, name in enumerate(NAMES)]
    payload = {'Größe, "x"': '[{"sku": "1"}]', "cart": ["a", "b"], "count": 2, "none": None}
    rows += [
        member(person_id="p7", first_name=FORMULA, email=LONG, payload=json.dumps(payload)),
        member(person_id="p8", email="o'hara+tag@exämple-demo.com", entered_at=None),
        member(person_id="p9", email='"q uote"@acme-demo.com'),
    ]
    return rows


def exported(
    settings: Settings,
    file_format: str = "",
    flavour: str = "",
    members: list[dict[str, Any]] | None = None,
) -> ExportReport:
    """The report of the segment after a row of the home gave its destination this format."""
    of_kind(settings, file_format, flavour)
    published = settings.home / "published.duckdb"
    if not published.exists():
        published_with(published, people() if members is None else members)
    return export_segments(settings, published, RUN)[-1]


def of_kind(settings: Settings, file_format: str, flavour: str) -> None:
    settings.rules.mkdir(parents=True, exist_ok=True)
    (settings.rules / "destinations.csv").write_text(
        "destination,kind,file_format,file_flavour,is_active,rule_version,note\n"
        f"email_tool,file,{file_format},{flavour},true,1,\n"
    )


def independent(path: Path) -> list[dict[str, Any]]:
    """What another program reads in a file."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def files(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.outbox.rglob("*") if path.is_file())
