"""Why a person is in a segment or not: every clause of its rules, then every step to the export."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.lib.explain.reading import Row, as_rows, without_empty_columns
from orchestration.lib.explain.story import Chapter, Story

NEGATIVE = ("is_not", "not_in", "is_missing")
# the number of the clause that says for which motion a rule is
OF_THE_RULE = 0
EXPORTED = "exported"
# of a segment that has one person of each account
PER_ACCOUNT = "account"
STEPS = """
    select distinct columns('^(destination|purpose|channel|motion|entity|clauses)$')
    from activation.rpt_segment_waterfall where segment_id = ?
"""
EVIDENCE = """
    select motion, values_seen, clauses_met, segments, outranked_by, stays_until
    from activation.fct_segment_evidence where person_id = ?
"""
MEMBER = """
    select distinct email, entered_at as member_since, rule_id
    from activation.sync_segment_members where segment_id = ? and person_id = ?
    order by all
"""
DECISION = """
    select is_eligible, reason, all_reasons, accepted_basis, rule_id
    from activation.fct_send_eligibility where person_id = ? and purpose = ? and channel = ?
    order by all
"""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One condition of a segment rule, and what it found."""

    rule_id: str
    number: int
    asks: str
    seen: tuple[str, ...]
    holds: bool

    def row(self) -> Row:
        """The clause as a row of a table."""
        return {
            "rule_id": self.rule_id,
            "clause": self.number,
            "asks": self.asks,
            "seen": ", ".join(self.seen) or "nothing",
            "holds": self.holds,
        }


def membership(connection: duckdb.DuckDBPyConnection, segment: str, person_id: str) -> Story:
    """The story of a known segment and a person of the published file, clause by clause."""
    about = as_rows(connection.execute(STEPS, [segment]))[0]
    found = as_rows(connection.execute(EVIDENCE, [person_id]))
    evidence = found[0] if found else {}
    clauses = read_clauses(about["clauses"], evidence)
    decisions = as_rows(connection.execute(DECISION, [person_id, *_reason_for(about)]))
    members = as_rows(connection.execute(MEMBER, [segment, person_id]))
    fate = _object(evidence, "segments").get(segment)
    winner = _object(evidence, "outranked_by").get(segment)
    stays = _object(evidence, "stays_until").get(segment)
    told = _told(clauses, about, evidence, fate=fate, winner=winner)
    return Story(
        title=f"person {person_id} {'is' if members else 'is not'} sent segment {segment}",
        summary={
            **({} if members else {"why not": told}),
            "matching rules": ", ".join(matching_rules(clauses)) or "none",
            **_decided(decisions),
            **({"goes first": winner} if winner else {}),
            **({"stays": f"until {stays}, although no rule holds any more"} if stays else {}),
            "destination": about["destination"],
            **(members[0] if members else {}),
        },
        chapters=[
            Chapter(
                title="rules: all clauses of one of them must hold",
                rows=[clause.row() for clause in clauses],
            ),
            Chapter(
                title=f"may this person be contacted: {about['purpose']} by {about['channel']}",
                rows=without_empty_columns(decisions),
            ),
            Chapter(
                title="other segments whose rules match, and what becomes of them",
                rows=[
                    {"segment_id": name, "result": result}
                    for name, result in _object(evidence, "segments").items()
                    if name != segment
                ],
            ),
        ],
    )


def read_clauses(text: str, evidence: Row) -> list[Clause]:
    """The clauses of a segment by rule and number, each with what was seen of the person."""
    seen = {name: json.loads(values) for name, values in _object(evidence, "values_seen").items()}
    met = set(json.loads(evidence.get("clauses_met") or "[]"))
    clauses = []
    for line in json.loads(text):
        rule_id, number, attribute, operator, value = line.split("|", 4)
        holds = (f"{rule_id}|{number}" in met) != (operator in NEGATIVE)
        if int(number) == OF_THE_RULE:
            holds = evidence.get("motion") in (None, "", value)
        clauses.append(
            Clause(
                rule_id=rule_id,
                number=int(number),
                asks=" ".join(filter(None, (attribute, operator, value.replace("|", ", ")))),
                seen=tuple(seen.get(attribute, ())),
                holds=holds,
            )
        )
    return sorted(clauses, key=lambda clause: (clause.rule_id, clause.number))


def matching_rules(clauses: Iterable[Clause]) -> list[str]:
    """The rules of which every clause holds, in order."""
    verdicts: dict[str, bool] = {}
    for clause in clauses:
        verdicts[clause.rule_id] = verdicts.get(clause.rule_id, True) and clause.holds
    return [rule_id for rule_id, holds in verdicts.items() if holds]


def _told(
    clauses: Collection[Clause], about: Row, evidence: Row, *, fate: str | None, winner: str | None
) -> str:
    """The first thing that keeps a person out, as a sentence."""
    if not evidence:
        return "the person is not known by name or address, so no segment has them"
    is_of_motion = about["motion"] in (None, "", evidence.get("motion"))
    if fate is None and matching_rules(clauses) and is_of_motion and _is_per_account(about):
        return "the rules match, but the segment has one person per account, and has another"
    if fate is None and matching_rules(clauses):
        return f"the rules are for {about['motion'] or 'one motion'}, the person is not"
    if fate is None:
        first = {clause.rule_id: clause for clause in reversed(clauses) if not clause.holds}
        failing = {f"{one.asks} (seen: {one.row()['seen']})" for one in first.values()}
        return f"no rule holds; what fails first: {'; '.join(sorted(failing))}"
    sentences = {
        "no_address": "the rules match, but no address for the channel is known",
        "address_closed": "the rules match, but a refusal by whomever closes the address",
        "allowed": "the rules match, but the list holds who may not be contacted, and they may be",
        "outranked": f"the rules match, but {winner} goes first",
        "entry_cap": "the rules match, but the person entered as often as entry_cap allows",
        "holdout": "the rules match, but the person is kept out to measure what the segment moves",
        EXPORTED: "the rules match and the person is told to the destination",
    }
    return sentences.get(fate, f"the rules match, but the person may not be contacted: {fate}")


def _is_per_account(about: Row) -> bool:
    """Whether a segment has one person of each account; none had before versions said so."""
    return about.get("entity") == PER_ACCOUNT


def _decided(decisions: Collection[Row]) -> dict[str, Any]:
    """The decision on contact, as facts; without exactly one the answer is no."""
    if len(decisions) != 1:
        return {"may be contacted": "no: nothing is known of this person's consent"}
    decision = next(iter(decisions))
    if decision["is_eligible"]:
        return {"may be contacted": f"yes, by {decision['accepted_basis'] or 'the list itself'}"}
    reasons = ", ".join(json.loads(decision["all_reasons"] or "[]"))
    return {"may be contacted": f"no: {decision['reason']}", "all reasons": reasons}


def _reason_for(about: Row) -> tuple[str, str]:
    return about["purpose"], about["channel"]


def _object(evidence: Row, column: str) -> dict[str, str]:
    """A column of the evidence that holds a JSON object; empty where there is none."""
    return json.loads(evidence.get(column) or "{}")
