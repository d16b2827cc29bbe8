"""Explaining: the rules and the evidence behind a value, from the published file alone."""

from orchestration.lib.explain.story import Chapter, Story
from orchestration.lib.explain.telling import explain_thing

__all__ = ["Chapter", "Story", "explain_thing"]
