"""As much of Salesforce's query language as the fake needs: one object, conditions, an order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

QUESTION = re.compile(
    r"\s*SELECT (?P<fields>.+?) FROM (?P<kind>\w+)(?: WHERE (?P<condition>.+?))?"
    r"(?: ORDER BY (?P<order>[\w, ]+))?(?: LIMIT (?P<limit>\d+))?\s*",
    re.S | re.I,
)
TOKEN = re.compile(r"\s*('(?:\\.|[^'\\])*'|>=|<=|!=|[=<>(),]|[^\s=<>!(),']+)", re.S)
UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b"}
Record = Mapping[str, Any]
Test = Callable[[Record], bool]


class BadQuestionError(Exception):
    """The question cannot be read, or asks for what is not there."""


def answered(
    question: str, tables: Mapping[str, Mapping[str, Record]], fields: Mapping[str, Iterable[str]]
) -> tuple[str, list[str], list[dict[str, Any]]]:
    """The object, the fields that were selected, and the records that fit, in order."""
    found = QUESTION.fullmatch(question)
    if not found or found["kind"] not in tables:
        raise BadQuestionError("unexpected token")
    kind, names = found["kind"], [name.strip() for name in found["fields"].split(",")]
    unknown = [name for name in names if name not in fields[kind]]
    if unknown:
        raise BadQuestionError(f"No such column '{unknown[0]}' on entity '{kind}'")
    fits = _Condition(found["condition"]).read() if found["condition"] else lambda record: True
    records = [dict(record) for record in tables[kind].values() if fits(record)]
    for part in reversed([part.split() for part in (found["order"] or "").split(",") if part]):
        is_down = len(part) > 1 and part[1].upper() == "DESC"
        records.sort(key=lambda record, name=part[0]: str(record.get(name)), reverse=is_down)
    limit = int(found["limit"]) if found["limit"] else None
    return kind, names, records[:limit]


class _Condition:
    """Reads a condition into a test of a record: OR of ANDs of comparisons, with parentheses."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        while place < len(text.rstrip()):
            token = TOKEN.match(text, place)
            if not token:
                raise BadQuestionError("unexpected token")
            self.tokens.append(token[1])
            place = token.end()

    def read(self) -> Test:
        """The test of all of it."""
        test = self._any()
        if self.tokens:
            raise BadQuestionError(f"unexpected token: {self.tokens[0]}")
        return test

    def _any(self) -> Test:
        tests = [self._all()]
        while self._next_is("OR"):
            tests.append(self._all())
        return lambda record: any(test(record) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._next_is("AND"):
            tests.append(self._one())
        return lambda record: all(test(record) for test in tests)

    def _one(self) -> Test:
        if self._next_is("("):
            test = self._any()
            self._need(")")
            return test
        name, how = self._take(), self._take().upper()
        if how in ("IN", "INCLUDES"):
            values = self._values()
            if how == "IN":
                wanted = {_folded(value) for value in values}
                return lambda record: _folded(record.get(name)) in wanted
            return lambda record: bool({*values} & {*(record.get(name) or "").split(";")})
        value = self._value()
        if how == "LIKE":
            return lambda record: _like(record.get(name), value)
        if value == "LAST_N_DAYS:1":
            value = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT00:00:00Z")
            how = ">="
        if how in ("=", "!="):
            return lambda record: (_folded(record.get(name)) == _folded(value)) is (how == "=")
        if how != ">=":
            raise BadQuestionError(f"unexpected token: {how}")
        return lambda record: _moment(record.get(name)) >= _moment(value)

    def _values(self) -> list[Any]:
        self._need("(")
        values = [self._value()]
        while self._next_is(","):
            values.append(self._value())
        self._need(")")
        return values

    def _value(self) -> Any:
        token = self._take()
        if token.startswith("'"):
            return _unescaped(token[1:-1])
        return {"true": True, "false": False, "null": None}.get(token.lower(), token)

    def _take(self) -> str:
        if not self.tokens:
            raise BadQuestionError("unexpected end of the question")
        return self.tokens.pop(0)

    def _next_is(self, token: str) -> bool:
        is_next = bool(self.tokens) and self.tokens[0].upper() == token
        if is_next:
            self.tokens.pop(0)
        return is_next

    def _need(self, token: str) -> None:
        if not self._next_is(token):
            raise BadQuestionError(f"a {token} is missing")


def _unescaped(text: str) -> str:
    """The text of a value; an escape of LIKE stays one."""
    return re.sub(
        r"\\(.)", lambda one: f"\\{one[1]}" if one[1] in "_%" else UNESCAPED.get(one[1], one[1]),
        text, flags=re.S,
    )  # fmt: skip


def _like(value: Any, pattern: str) -> bool:
    """Whether a value fits a pattern of % and _."""
    parts = re.findall(r"\\[_%]|.", pattern, re.S)
    written = "".join(
        {"%": ".*", "_": "."}.get(part, re.escape(part.removeprefix("\\"))) for part in parts
    )
    return re.fullmatch(written, str(value or ""), re.S | re.I) is not None


def _folded(value: Any) -> Any:
    """Text without its case, as the org compares it."""
    return value.lower() if isinstance(value, str) else value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value)) if value else datetime.min
    return moment.replace(tzinfo=moment.tzinfo or UTC)
