"""What each dbt test guards against and what to do when it finds rows, for people and Dagster."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

REFERENCE = re.compile(r"ref\(\s*'(\w+)'\s*\)")
DO = "do:"
SEE = "run the compiled query to see the rows; correct the model, the rule or the data behind them"
OF_A_RULE = (
    "correct the row in seeds/{folder}/{table}.csv, or the own one in <home>/rules/{table}.csv; "
    "`touchline check` names file and line"
)


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What a test guards against, and what to do when it found something; neither is empty."""

    what: str
    do: str


# by test: what it finds, and what to do where it is a model that has it
GENERIC = {
    "unique_key": Advice(
        what="rows whose key ({columns}) is repeated or has a part missing",
        do="run the compiled query to see the keys; a join of {table} finds two partners for one "
        "row, or a system sends one id for two things",
    ),
    "never_null": Advice(
        what="rows without one of {columns}, which are always known",
        do="run the compiled query to see the rows and follow them back to their records; either "
        "the raw contract must require the value, or staging must give it",
    ),
    "relationships": Advice(
        what="values of {column_name} that {to} does not have as {field}",
        do="look why the value is missing in {to}: filtered there and not in {table}, or built of "
        "other rows; `touchline build --full-refresh` rules out the second",
    ),
    "accepted_values": Advice(
        what="values of {column_name} other than {values}",
        do="if the word is meant, add it to the test beside {table}; if not, correct what gives it",
    ),
    "is_rate": Advice(
        what="values of {column_name} outside 0 to 1",
        do="compare numerator and denominator of the row: the first counts what the second leaves "
        "out, or counts it twice",
    ),
    "not_negative": Advice(
        what="values of {column_name} below zero",
        do="run the compiled query to see the rows and follow them back to their records; a refund "
        "or a correction came in with its sign turned, or two times are in wrong order",
    ),
    "row_count_kept": Advice(
        what="another number of rows than {compare_to} has",
        do="look at the joins of {table}: an inner join drops rows, or a join finds two partners",
    ),
    "keeps_every_conversion": Advice(
        what="models and conversion types whose channels are not credited every conversion and its "
        "amount",
        do="look for a channel that is lost, or found twice, between int_credits_weighted or "
        "int_channel_steps_counted and {table}",
    ),
    "no_gap_or_overlap": Advice(
        what="intervals of one {key} that overlap or leave a gap between {begin} and {end}",
        do="look at the {key} in {table} and at the rules whose ids its rows carry: two moves hold "
        "at one moment, or none does",
    ),
}


def advice_of(test: Mapping[str, Any]) -> Advice:
    """What a dbt test, a node of the manifest, looks for, and what to do about what it finds."""
    generic = test.get("test_metadata")
    if generic is None:
        return _of_singular(test)
    kind, _, table = str(test["attached_node"]).split(".", 2)
    advice = GENERIC.get(
        generic["name"], Advice(what=f"rows that {generic['name']} refuses", do=SEE)
    )
    words = {name: _told(value) for name, value in generic["kwargs"].items()} | {"table": table}
    folder = Path(test["original_file_path"]).parent.name
    do = OF_A_RULE if kind == "seed" else advice.do
    return Advice(what=advice.what.format(**words), do=do.format(folder=folder, **words))


def _of_singular(test: Mapping[str, Any]) -> Advice:
    """The first comment of a test: what it finds, and after `do:` what to do."""
    lines = dropwhile(lambda line: not _is_comment(line), test["raw_code"].splitlines())
    comment = " ".join(line.lstrip("- ") for line in takewhile(_is_comment, lines))
    what, _, do = comment.partition(DO)
    return Advice(what=what.strip() or test["name"], do=do.strip() or SEE)


def _is_comment(line: str) -> bool:
    return line.startswith("--")


def _told(value: object) -> str:
    """An argument of a test as words: a list by commas, a reference by its name."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return REFERENCE.sub(r"\1", str(value))
