"""Touchline: the orchestration and the plain Python behind it."""
