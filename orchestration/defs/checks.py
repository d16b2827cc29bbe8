"""The form of every check: it says what it finds, how severe that is, and what to do then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import dagster as dg

Severity = Literal["error", "warn"]


def described_check(
    name: str,
    *,
    asset: dg.AssetKey,
    severity: Severity,
    finds: str,
    remedy: str,
    blocking: bool = False,
    deps: Sequence[dg.AssetKey] = (),
    metadata: Mapping[str, Any] | None = None,
) -> dg.AssetCheckSpec:
    """A check whose text and metadata tell an operator what to do; `severity` is its worst."""
    return dg.AssetCheckSpec(
        name,
        asset=asset,
        description=f"Finds {finds}.\n\nTo do: {remedy}.",
        additional_deps=deps,
        blocking=blocking,
        metadata={"severity": severity, "remedy": remedy} | dict(metadata or {}),
    )
