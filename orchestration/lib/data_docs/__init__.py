"""Data Docs: what every landed batch was checked for and what came of it, as pages to read."""

from orchestration.lib.data_docs.site import write_data_docs

__all__ = ["write_data_docs"]
