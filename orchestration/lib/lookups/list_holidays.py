"""Writes the calendar of holidays that greetings go by, from the package: `make lists`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version

from holidays import country_holidays

from orchestration.lib.rules import rule_tables

TABLE, COUNTRIES = "holidays", "consent_countries"
YEARS = range(2024, 2036)
# what is greeted, and the day by which a calendar tells of it: its name there, days to go on
GREETED = {
    "christmas": (("Christmas Day", 0),),
    "easter": (("Easter Sunday", 0), ("Easter Monday", -1), ("Good Friday", 2)),
    "new_year": (("New Year's Day", 0), ("Day of the Establishment of the Slovak Republic", 0)),
    "thanksgiving": (("Thanksgiving Day", 0), ("Thanksgiving", 0)),
}
# where a country leaves holidays to its parts, one of them stands for all
PARTS = {"CA": "ON", "CH": "ZH"}


def listed_by_package() -> str:
    """The calendar as CSV text, sorted by country and day, for the countries of the rules."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("country_code", "holiday", "day", "source", "is_active"))
    source = f"holidays {version('holidays')}"
    for code in _codes():
        days = {(day, holiday) for year in YEARS for day, holiday in _greeted(code, year)}
        writer.writerows((code, name, day, source, "true") for day, name in sorted(days))
    return text.getvalue()


def _codes() -> list[str]:
    """Country codes that the shipped rules know."""
    with rule_tables()[COUNTRIES].path.open(encoding="utf-8", newline="") as file:
        return sorted({code for row in csv.DictReader(file) if (code := row["country_code"])})


def _greeted(code: str, year: int) -> Iterator[tuple[date, str]]:
    """Day and name of each holiday that is greeted in a country's year."""
    told = country_holidays(
        code, subdiv=PARTS.get(code), years=year, observed=False, language="en_US"
    )
    for holiday, signs in GREETED.items():
        for name, days in signs:
            found = [day for day in told.get_named(name, lookup="exact") if day.year == year]
            if found:
                yield min(found) + timedelta(days=days), holiday
                break


if __name__ == "__main__":
    rule_tables()[TABLE].path.write_text(listed_by_package(), encoding="utf-8")
