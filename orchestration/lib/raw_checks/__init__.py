"""What a raw table must look like: one YAML per table, and the code that reads and applies it."""

from orchestration.lib.raw_checks.specs import (
    Column,
    Expectation,
    TableSpec,
    declared_table,
    declared_tables,
)

__all__ = ["Column", "Expectation", "TableSpec", "declared_table", "declared_tables"]
