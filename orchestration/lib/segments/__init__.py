"""Segments leave the house: from the published file to the outbox of each destination."""

from orchestration.lib.segments.export import export_segments
from orchestration.lib.segments.members import ExportError
from orchestration.lib.segments.outbox import ExportReport

__all__ = ["ExportError", "ExportReport", "export_segments"]
