"""Puts clean tables into landing files as systems would export them, dirt included."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import DAY, Columns
from .broken import broken_lines, line_of
from .dirt import RENAMED, record_keys, soil
from .schema import SHAPES
from .span import Draws, Span
from .strays import stray_rows, stray_truth
from .writer import Writer, months

_LATE_LAYOUTS = {"web_events": "csv.gz", "product_events": "csv.gz", "experiments": "csv.gz"}


class Landing:
    """The export side of the world: file names by export day, later files, broken lines.

    Usual rows go to `<last day>` or, for tables exported monthly, `<month>`; late, resent, updated
    and backfilled rows to files of the following days, so that names sort as files arrived.
    """

    def __init__(self, writer: Writer, span: Span) -> None:
        self._writer, self._span = writer, span
        days = [span.end - DAY, *(span.end + place * DAY for place in range(6))]
        self._dates = [datetime.fromtimestamp(day, UTC).date().isoformat() for day in days]

    def add(self, tables: dict[str, Columns], draws: Draws, *, at_least_one: bool) -> None:
        """Soil and write tables, with every kind of dirt at least once where asked for."""
        for table, columns in tables.items():
            soiled = soil(
                table, columns, span=self._span, rng=draws.next(), at_least_one=at_least_one
            )
            self._usual(table, soiled.usual)
            for place, (word, rows) in enumerate(soiled.later.items()):
                layout = _LATE_LAYOUTS.get(table) if word == "late" else None
                part = self._later_part(place, word)
                headers = RENAMED.get(table, {}) if word == "renamed" else {}
                self._writer.land(table, rows, part=part, layout=layout, headers=headers)
            self._writer.tell("dirt", soiled.dirt)

    def restate_ads(self, ads: Columns) -> None:
        """The platforms send the last three days again, with what they found out since."""
        last = self._dates[0]
        since = datetime.fromtimestamp(self._span.end - 3 * DAY, UTC).date().isoformat()
        recent = pc.and_(pc.greater_equal(ads["date"], since), pc.less_equal(ads["date"], last))
        rows = {name: column.filter(recent) for name, column in ads.items()}
        spend = np.round(rows["spend"].to_numpy(zero_copy_only=False) * 1.03, 2)
        self._writer.land(
            "ad_days", rows | {"spend": pa.array(spend)}, part=self._later_part(4, "restated")
        )
        self._list("restated_row", "ad_days", record_keys(SHAPES["ad_days"], rows))

    def add_strays(self) -> None:
        """Append rows that are whole, but speak of people and records that nobody has."""
        for kind, table, values in stray_rows(self._span):
            part, layout = self._dates[0], _LATE_LAYOUTS.get(table)
            if layout:
                part = self._later_part(0, "late")
            line = line_of(table, values)
            self._writer.land_text(table, line, part=part, layout=layout, rows=1)
            names = SHAPES[table].key or ("email",)
            key = "|".join(values.get(name, "") for name in names)
            self._list(kind, table, pa.array([key], pa.string()))
        for name, columns in stray_truth(self._span):
            self._writer.tell(name, columns)

    def break_lines(self) -> None:
        """Append the lines that are not rows after good rows of their tables."""
        for table, text, wrong, key in broken_lines():
            part = self._dates[0][:7] if SHAPES[table].monthly else self._dates[0]
            if table in _LATE_LAYOUTS:
                part = self._later_part(0, "late")
            self._writer.land_text(table, text, part=part, layout=_LATE_LAYOUTS.get(table))
            self._list(f"broken_line_{wrong}", table, pa.array([key], pa.string()))

    def _usual(self, table: str, columns: Columns) -> None:
        if not SHAPES[table].monthly:
            self._writer.land(table, columns, part=self._dates[0])
            return
        for month, rows in months(columns, SHAPES[table].moment):
            self._writer.land(table, rows, part=month)

    def _later_part(self, place: int, word: str) -> str:
        return f"{self._dates[place + 1]}-{word}"

    def _list(self, kind: str, table: str, keys: pa.Array) -> None:
        self._writer.tell("dirt", {
            "kind": pa.array([kind] * len(keys), pa.string()),
            "table": pa.array([table] * len(keys), pa.string()),
            "record_key": keys,
        })  # fmt: skip
