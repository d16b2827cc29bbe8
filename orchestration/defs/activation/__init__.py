"""Segments on their way to destinations."""
