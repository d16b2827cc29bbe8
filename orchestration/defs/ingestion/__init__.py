"""Raw tables, the books about them, and what starts a run."""
