"""Which parts of an expression its value is computed from, and which only choose it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

# of these, the first argument alone is the value: the rest says which rows, and in which order
CHOOSING = (exp.Window, exp.Filter, exp.ArgMin, exp.ArgMax)


def value_parts(expression: exp.Expression) -> Iterator[exp.Expression]:
    """The parts of an expression that its value is computed from."""
    if isinstance(expression, exp.Case):
        yield from (branch.args["true"] for branch in expression.args["ifs"])
        yield from _present(expression, "default")
    elif isinstance(expression, exp.If):
        yield from _present(expression, "true", "false")
    elif isinstance(expression, CHOOSING) or (
        isinstance(expression, exp.Order) and expression.this
    ):
        yield expression.this
    else:
        yield from expression.iter_expressions()


def _present(expression: exp.Expression, *names: str) -> Iterator[exp.Expression]:
    return (expression.args[name] for name in names if expression.args.get(name))
