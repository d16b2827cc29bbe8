"""The documentation of a home in one HTML file: dbt's pages, the marts' pages, column lineage."""

from orchestration.lib.documenting.pages import Page, mart_pages
from orchestration.lib.documenting.writing import write_docs

__all__ = ["Page", "mart_pages", "write_docs"]
