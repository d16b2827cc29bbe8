"""The figures of a comparison in words, each within a line or a cell of a table."""

from __future__ import annotations

from orchestration.lib.rule_effects.changes import ADDED, CHANGED, REMOVED
from orchestration.lib.rule_effects.counting import MartMoves
from orchestration.lib.rule_effects.details import MartDetail, Transition
from orchestration.lib.rule_effects.trials import Moves

# what people call the rows of a mart, in the order they are told
ROWS_OF = {
    "marts.fct_touchpoints": "touchpoints",
    "marts.fct_sessions": "sessions",
    "marts.fct_stage_transitions": "stage transitions",
    "marts.fct_journeys": "journeys",
    "marts.fct_conversions": "conversions",
    "marts.fct_attribution": "credits",
    "marts.fct_icp_assessments": "ICP assessments",
    "marts.fct_person_lifecycle": "lifecycle moves",
    "marts.fct_touchpoint_kpis": "KPI values",
    "activation.sync_segment_members": "segment members",
}


def sentence(moves: Moves, *, first_upper: bool = False) -> str:
    """Whom and what the moved rows name."""
    if not moves.marts:
        return "Nothing moves" if first_upper else "nothing"
    rows = {detail.moves.mart: detail.moves.rows for detail in moves.marts}
    named = [
        f"{rows[mart]:,} {words[:-1] if rows[mart] == 1 else words}"
        for mart, words in ROWS_OF.items()
        if mart in rows
    ]
    reports = sum(n for mart, n in rows.items() if mart.partition(".")[2].startswith("rpt_"))
    named += [many(reports, "report row")] if reports else []
    people = [
        many(count, word)
        for count, word in ((moves.accounts, "account"), (moves.persons, "person"))
        if count
    ]
    if not people and not named:
        named = [f"{many(n, 'row')} of {mart}" for mart, n in rows.items()]
    return "; ".join(", ".join(part) for part in (people, named) if part)


def in_order(moves: Moves) -> list[MartDetail]:
    """Marts in the order of telling: those with a word of their own first, then by rows."""
    places = {mart: place for place, mart in enumerate(ROWS_OF)}
    return sorted(
        moves.marts,
        key=lambda detail: (
            places.get(detail.moves.mart, len(places)),
            -detail.moves.rows,
            detail.moves.mart,
        ),
    )


def mostly(detail: MartDetail) -> str:
    """The most frequent transitions, else the column that changed most."""
    if detail.transitions:
        return ", ".join(_transition(one) for one in detail.transitions[:2])
    columns = sorted(detail.moves.columns.items(), key=lambda column: (-column[1], column[0]))
    return ", ".join(f"{column} ({count:,})" for column, count in columns[:2])


def _transition(one: Transition) -> str:
    if one.kind == CHANGED:
        return f"{one.column} {one.before or 'empty'} → {one.after or 'empty'} ({one.rows:,})"
    words = {ADDED: "new", REMOVED: "gone"}[one.kind]
    return f"{words} {one.after or one.before or 'empty'} ({one.rows:,})"


def amounts(moves: MartMoves) -> str:
    """Amounts that rose and fell, and the model where that was most."""
    return ", ".join(
        f"{move.column} +{move.risen:,.2f} −{move.fallen:,.2f}"
        + (f" ({move.within})" if move.within else "")
        for move in moves.money
    )


def label(moves: MartMoves) -> str:
    """What people call the rows of a mart, else its name."""
    return ROWS_OF.get(moves.mart, moves.mart)


def many(count: int, word: str) -> str:
    """A number of things."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def inline(text: str) -> str:
    """Text that stays within its cell."""
    return " ".join(text.replace("|", "\\|").replace("`", "'").split())
