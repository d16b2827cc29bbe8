"""From landed files to raw tables, with a ledger of files and a quarantine for rows."""

from orchestration.lib.landing.discover import LandedFile, discover, pending_files
from orchestration.lib.landing.ingest import ingest, land_table
from orchestration.lib.landing.reports import FileReport, IngestReport, TableReport
from orchestration.lib.landing.tables import ensure_raw_tables

__all__ = [
    "FileReport",
    "IngestReport",
    "LandedFile",
    "TableReport",
    "discover",
    "ensure_raw_tables",
    "ingest",
    "land_table",
    "pending_files",
]
