"""The `touchline` command: one file per group of commands; heavy parts are imported when needed."""

from orchestration.cli.app import app
from orchestration.cli.commands import register

register(app)

__all__ = ["app"]
