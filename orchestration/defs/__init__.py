"""What Dagster sees: one folder per step of the flow, each thin over `orchestration.lib`."""
