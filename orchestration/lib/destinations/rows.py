"""The destinations of a home and their fields, from the rules; and what speaks with each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from orchestration.lib.destinations.contract import Destination, DestinationError, DestinationRow
from orchestration.lib.destinations.row_cells import Numbers, base_url, secret_name, wrong
from orchestration.lib.row_files.flavours import FLAVOURS
from orchestration.lib.row_files.formats import FORMATS
from orchestration.lib.rules import RuleRow, effective_rows, rule_tables
from orchestration.lib.settings import Settings

FILE = "file"
# between the destinations of a segment that goes to several
SEPARATOR = "|"
# kind: the module that speaks with it by connect(row, environment), what its row must name, and the
# most it takes in one batch
KINDS: Mapping[str, tuple[str, tuple[str, ...], int]] = {
    FILE: ("", (), 1_000_000),
    "mailchimp": ("mailchimp", ("base_url", "account", "secret_name"), 500),
    "hubspot": ("hubspot", ("base_url", "secret_name"), 100),
    "activecampaign": ("activecampaign", ("base_url", "secret_name"), 500),
    "salesforce": ("salesforce", ("base_url", "secret_name"), 200),
    "webhook": ("webhook", ("base_url", "secret_name"), 10_000),
    "google_audience": ("audiences", (), 1_000_000),
    "meta_audience": ("audiences", (), 1_000_000),
    "linkedin_audience": ("audiences", (), 1_000_000),
}
# kinds whose adapters tell some refusals only of addresses they are asked for
TELLING_BY_ADDRESS = ("hubspot",)
NEW_MEMBER_STATUSES = ("pending", "transactional")


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """One field of a destination and the attribute it shows; segment None is every segment."""

    destination: str
    segment_id: str | None
    field: str
    attribute: str


def read_destinations(settings: Settings) -> dict[str, DestinationRow]:
    """Active rows of `destinations` by name; raises DestinationError naming a row it cannot use.

    A destination of a segment that is not among them is told by files.
    """
    rows = effective_rows(settings, rule_tables()["destinations"])
    found: dict[str, DestinationRow] = {}
    for row in rows:
        if not _is_active(row):
            continue
        checked = _destination(row)
        if checked.destination in found:
            raise wrong(row, "the destination has a row already", "give each its own name")
        found[checked.destination] = checked
    return found


def names_in(cell: str | None) -> list[str]:
    """Destinations that a cell of segment_definitions names, | between: each once, in order."""
    names = (name.strip() for name in (cell or "").split(SEPARATOR))
    return list(dict.fromkeys(filter(None, names)))


def row_of(rows: Mapping[str, DestinationRow], destination: str) -> DestinationRow:
    """The row of a destination; one without a row is told by files."""
    return rows.get(destination) or DestinationRow(destination=destination, kind=FILE)


def read_fields(settings: Settings) -> list[FieldRow]:
    """Active rows of `destination_fields`, in order; raises DestinationError naming a bad one."""
    rows = effective_rows(settings, rule_tables()["destination_fields"])
    fields: dict[tuple[str, str | None, str], FieldRow] = {}
    for row in filter(_is_active, rows):
        values = {name: (cell or "").strip() for name, cell in row.values.items()}
        if not (values.get("destination") and values.get("field") and values.get("attribute")):
            raise wrong(row, "destination, field or attribute is missing", "fill the cell")
        field = FieldRow(
            destination=values["destination"],
            segment_id=values.get("segment_id") or None,
            field=values["field"],
            attribute=values["attribute"],
        )
        key = (field.destination, field.segment_id, field.field)
        if key in fields:
            raise wrong(row, f"the field {field.field} is filled twice", "keep one of the rows")
        fields[key] = field
    return list(fields.values())


def fields_of(fields: list[FieldRow], destination: str, segment_id: str) -> dict[str, str]:
    """Field to attribute for one segment; a row of the segment wins over one for all."""
    about = [row for row in fields if row.destination == destination]
    for_all = {row.field: row.attribute for row in about if row.segment_id is None}
    own = {row.field: row.attribute for row in about if row.segment_id == segment_id}
    return for_all | own


def open_destination(
    row: DestinationRow, *, environment: Mapping[str, str] = os.environ
) -> Destination:
    """What speaks with the destination; raises DestinationError where its secret is not set.

    Nothing is sent: `check` is what asks the tool.
    """
    module, _, _ = KINDS[row.kind]
    if not module:
        raise DestinationError(
            f"the destination {row.destination} is told by files",
            "destinations.csv",
            "`touchline segments` writes them; name a tool as kind to send changes",
        )
    adapter = import_module(f"orchestration.lib.destinations.{module}")
    return adapter.connect(row, environment)


def secret_of(row: DestinationRow, environment: Mapping[str, str]) -> str:
    """The secret a row names, from the environment; raises DestinationError without telling it."""
    secret = environment.get(row.secret_name or "", "").strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise DestinationError(
            f"the secret of {row.destination} is missing or is no line of plain text",
            f"environment variable {row.secret_name}",
            f"set {row.secret_name} for the process that runs Touchline",
        )
    return secret


def _destination(row: RuleRow) -> DestinationRow:
    values = {name: (cell or "").strip() for name, cell in row.values.items()}
    kind = values.get("kind", "")
    if kind not in KINDS:
        raise wrong(row, f"the kind '{kind}' is not known", f"use one of {', '.join(KINDS)}")
    _, needed, largest = KINDS[kind]
    for name in needed:
        if not values.get(name):
            raise wrong(row, f"{name} is missing", f"fill it: {kind} needs {', '.join(needed)}")
    status = values.get("new_member_status") or NEW_MEMBER_STATUSES[0]
    if status not in NEW_MEMBER_STATUSES:
        raise wrong(
            row, f"new_member_status '{status}' is not allowed",
            f"use {' or '.join(NEW_MEMBER_STATUSES)}: nobody is ever subscribed by a sync",
        )  # fmt: skip
    for name, known in (("file_format", FORMATS), ("file_flavour", FLAVOURS)):
        _require_known(row, name, values.get(name, ""), known)
    number = Numbers(row, values)
    return DestinationRow(
        destination=values["destination"],
        kind=kind,
        base_url=base_url(row, values.get("base_url", "")),
        account=values.get("account") or None,
        secret_name=secret_name(row, values.get("secret_name", "")),
        batch_size=min(int(number("batch_size", 500, 1, 1_000_000, is_whole=True)), largest),
        requests_per_second=number("requests_per_second", 5, 0.001, 1000),
        timeout_seconds=number("timeout_seconds", 30, 0.1, 600),
        canary_share=number("canary_share", 0.05, 0, 1),
        new_member_status=status,
        is_automatic=values.get("is_automatic", "").lower() == "true",
        is_silent=values.get("is_silent", "").lower() == "true",
        file_format=values.get("file_format") or FORMATS[0],
        file_flavour=values.get("file_flavour") or FLAVOURS[0],
    )


def _require_known(row: RuleRow, name: str, cell: str, known: tuple[str, ...]) -> None:
    """Raise DestinationError for a cell about files that is unknown, or of a tool."""
    if cell and row.values.get("kind") != FILE:
        raise wrong(row, f"{name} is only for kind {FILE}", "leave it empty: a tool has its own")
    if cell and cell not in known:
        raise wrong(row, f"{name} '{cell}' is not known", f"use one of {', '.join(known)}")


def _is_active(row: RuleRow) -> bool:
    return (row.values.get("is_active") or "").strip().lower() == "true"
