"""The suite of a table: what its declaration says for itself, and what is written for it alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orchestration.lib.raw_checks.specs import Column, Expectation, TableSpec

# A figure is one value, so it is its own maximum.
OF_A_FIGURE = "expect_column_max_to_be_between"
HOW_TO_WRITE = {
    "timestamp": "export times as 2026-01-31T10:00:00Z",
    "date": "export days as 2026-01-31",
    "number": "export plain numbers, such as 1234.50",
    "integer": "export plain whole numbers, such as 1234",
    "boolean": "export true or false",
    "json": "export JSON",
}
# Columns that mean the same in every table, by how their name ends.
SHAPES = {
    "currency": ("^[A-Z]{3}$", "an unknown currency is never converted", "export codes as EUR"),
    "email": ("@", "what is no address joins nobody", "look whether columns were swapped"),
}
OF_EVERY_TABLE = (
    Expectation(
        type=OF_A_FIGURE,
        kwargs={"column": "unusable_share", "max_value": 0.5},
        severity="critical",
        because="a file of which most rows cannot be used is not the file that was agreed",
        do="compare its columns with the declared ones, mend the export and land it again",
    ),
    Expectation(
        type=OF_A_FIGURE,
        kwargs={"column": "unusable_share", "max_value": 0.05},
        because="more than one row in twenty lacks a required value or is no row",
        do="the quarantine tells the reason of each: mend the export and land it again",
    ),
)


def suite(spec: TableSpec, present: Collection[str]) -> list[Expectation]:
    """Expectations on a file with the columns `present`: of every table, derived, the table's own.

    What is derived for a column gives way to the table's own expectation of the same kind.
    """
    own = {(one.type, one.columns) for one in spec.expectations}
    derived = [one for one in _derived(spec, present) if (one.type, one.columns) not in own]
    return [*OF_EVERY_TABLE, *derived, *spec.expectations]


def _derived(spec: TableSpec, present: Collection[str]) -> Iterator[Expectation]:
    """What keys, types, words and names of columns promise."""
    if set(spec.key) & set(present):
        yield Expectation(
            type=OF_A_FIGURE,
            kwargs={"column": "key_unique_share", "min_value": 0.5},
            because=f"rows of the same {' + '.join(spec.key)} replace each other",
            do="look whether the key is the id of one record, and not of its kind",
        )
    for column in spec.columns:
        if column.name in present:
            yield from _of_column(column)


def _of_column(column: Column) -> Iterator[Expectation]:
    """At most one expectation of the type, one of the words or shape, one of the time."""
    if column.type != "text" and not column.is_required:
        yield Expectation(
            type=OF_A_FIGURE,
            kwargs={"column": f"{column.name}.castable_share", "min_value": 0.95},
            because=f"what is no {column.type} is read as nothing",
            do=HOW_TO_WRITE[column.type],
        )
    if column.words:
        yield Expectation(
            type="expect_column_values_to_be_in_set",
            kwargs={"column": column.name, "value_set": list(column.words), "mostly": 0.9},
            because="another word is kept, and no rule knows it",
            do="export these words, or turn them in a staging model of the system's own",
        )
    for ending, (regex, because, do) in SHAPES.items():
        if column.name.rpartition("_")[2] == ending and column.type == "text":
            yield Expectation(
                type="expect_column_values_to_match_regex",
                kwargs={"column": column.name, "regex": regex, "mostly": 0.9},
                because=because,
                do=do,
            )
    if column.is_required and (
        column.type == "timestamp" or (column.type == "date" and column.is_key)
    ):
        yield Expectation(
            type=OF_A_FIGURE,
            kwargs={"column": f"{column.name}.future_share", "max_value": 0.01},
            because="what has not happened yet waits until its day has come",
            do="look whether day and month were swapped, and at the time zone of the export",
        )
