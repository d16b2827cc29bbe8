"""What an ingest did, for people and for Dagster: per file, per table, in all."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """One ledger row: rows_in = loaded + duplicate + quarantined + erased."""

    system: str
    table: str
    source_file: str
    batch_id: str
    status: str
    reason: str | None = None
    rows_in: int = 0
    rows_loaded: int = 0
    rows_duplicate: int = 0
    rows_quarantined: int = 0
    rows_erased: int = 0
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    uncastable: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(kw_only=True)
class TableReport:
    """All files of one raw table in one ingest."""

    system: str
    table: str
    files: list[FileReport] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)

    @property
    def rows_in(self) -> int:
        """Rows in the files, good and bad."""
        return sum(file.rows_in for file in self.files)

    @property
    def rows_loaded(self) -> int:
        """Rows added to the raw table."""
        return sum(file.rows_loaded for file in self.files)

    @property
    def rows_duplicate(self) -> int:
        """Rows that were there already."""
        return sum(file.rows_duplicate for file in self.files)

    @property
    def rows_quarantined(self) -> int:
        """Rows set aside with a reason."""
        return sum(file.rows_quarantined for file in self.files)

    @property
    def rejected(self) -> list[FileReport]:
        """Files set aside whole."""
        return [file for file in self.files if file.status == "rejected"]


@dataclass(kw_only=True)
class IngestReport:
    """One ingest over all tables."""

    tables: list[TableReport] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def files(self) -> list[FileReport]:
        """Every file taken up, in load order."""
        return [file for table in self.tables for file in table.files]

    @property
    def rejected(self) -> list[FileReport]:
        """Files set aside whole."""
        return [file for file in self.files if file.status == "rejected"]

    @property
    def rows_in(self) -> int:
        """Rows in the files, good and bad."""
        return sum(table.rows_in for table in self.tables)

    @property
    def rows_loaded(self) -> int:
        """Rows added to raw tables."""
        return sum(table.rows_loaded for table in self.tables)

    @property
    def is_changed(self) -> bool:
        """Whether any raw table has new rows, or any file was set aside or quarantined rows."""
        return any(file.rows_loaded or file.rows_quarantined for file in self.files)
