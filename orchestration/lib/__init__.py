"""Plain Python that never imports Dagster."""
