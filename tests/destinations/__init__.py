"""Destinations, spoken to as in life: over HTTP, or by files."""
