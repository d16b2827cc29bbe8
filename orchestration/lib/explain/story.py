"""The shape of an explanation: a title, a few facts, and chapters of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One kind of evidence; an empty chapter is told too, for that nothing was found is a fact."""

    title: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Story:
    """All that is known about where one thing comes from."""

    title: str
    summary: Mapping[str, Any]
    chapters: Sequence[Chapter] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "title": self.title,
            "summary": dict(self.summary),
            "evidence": {
                chapter.title: [dict(row) for row in chapter.rows] for chapter in self.chapters
            },
        }
