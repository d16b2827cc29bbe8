"""Syncs: what a destination should hold, what it acknowledged, and the safe way from one to the
other: plan, apply, verify, undo."""
