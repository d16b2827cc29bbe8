"""Attribution read plainly, one conversion at a time, in fractions: what the models must equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

# touchpoint type of every exposure
SEEN = "seen"


class Touch(NamedTuple):
    """One touchpoint of the owner; tuples sort as a path is ordered."""

    at: datetime
    touchpoint_id: str
    channel: str
    is_eligible: bool
    is_exposure: bool = False


@dataclass(frozen=True, kw_only=True)
class Model:
    """One attribution model: shares in hundredths, lookback in days, half-life in days or none.

    `weights` multiply shares, in hundredths, by channel of an act; by SEEN they let exposures in.
    """

    lookback: int
    half_life: int | None
    first: int
    last: int
    anchor: int
    second_anchor: int
    others: int
    ignored: tuple[str, ...]
    weights: tuple[tuple[str, int], ...] = ()

    def weight(self, touch: Touch) -> Fraction:
        """What the share of a touchpoint is multiplied by; 0 for an exposure nobody lets in."""
        name, usual = (SEEN, 0) if touch.is_exposure else (touch.channel, 100)
        return Fraction(dict(self.weights).get(name, usual), 100)


def shares(
    model: Model,
    touches: list[Touch],
    *,
    converted_at: datetime,
    anchors: tuple[datetime | None, datetime | None],
) -> dict[str, Fraction]:
    """Share per credited touchpoint; empty when nobody earns any.

    `anchors` are the moments of the model's anchors, None where there is none; those before the
    window do not count.
    """
    opened_at = converted_at - timedelta(days=model.lookback)
    may_earn = [t for t in touches if (t.is_eligible or t.is_exposure) and model.weight(t)]
    path = sorted(t for t in may_earn if opened_at <= t.at <= converted_at)
    path = [t for t in path if t.channel not in model.ignored] or path
    if not path:
        return {}
    held = {touch.touchpoint_id: Fraction(0) for touch in path}
    held[path[0].touchpoint_id] += Fraction(model.first, 100)
    held[path[-1].touchpoint_id] += Fraction(model.last, 100)
    for weight, moment in zip((model.anchor, model.second_anchor), anchors, strict=True):
        is_seen = moment is not None and opened_at <= moment
        before = [touch for touch in path if is_seen and touch.at <= moment]
        if before:
            held[before[-1].touchpoint_id] += Fraction(weight, 100)
    found = _shared(model, path, held)
    weighed = {t.touchpoint_id: model.weight(t) * found.get(t.touchpoint_id, 0) for t in path}
    return {name: part / sum(weighed.values()) for name, part in weighed.items() if part}


def _shared(model: Model, path: list[Touch], held: dict[str, Fraction]) -> dict[str, Fraction]:
    promised = Fraction(model.first + model.last + model.anchor + model.second_anchor, 100)
    others = [touch for touch in path if not held[touch.touchpoint_id]]
    for_others = Fraction(model.others, 100) if others else Fraction(0)
    present = sum(held.values())
    if not present:
        for_others = Fraction(1) if for_others else Fraction(0)
    elif not for_others:
        promised = Fraction(1)
    parts = {touch.touchpoint_id: _decay(model, touch, path[-1]) for touch in others}
    found = {
        name: weight / present * promised for name, weight in held.items() if weight
    } | {
        name: part / sum(parts.values()) * for_others for name, part in parts.items()
    }  # fmt: skip
    return {name: share for name, share in found.items() if share}


def _decay(model: Model, touch: Touch, last: Touch) -> Fraction:
    if model.half_life is None:
        return Fraction(1)
    return Fraction(0.5 ** ((last.at - touch.at).total_seconds() / (model.half_life * 86400)))
