"""dbt goes on after DuckDB has written to its temporary folder."""

from __future__ import annotations

from pathlib import Path

import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.environments.local import LocalEnvironment
from jinja2.nativetypes import NativeEnvironment

from orchestration.lib.building.project import PROFILES, profile_variables
from orchestration.lib.settings import Settings

# hashes do not compress: twice the memory of the test, moved out block by block
SPILLS = """
create temp table spilled as
select hash(range) as first, hash(range + 1) as second from range(12000000)
"""


def test_a_node_runs_after_another_has_spilled(tmp_path: Path) -> None:
    """Each node opens a handle of its own; the folder is that of the settings."""
    spill = tmp_path / "spill"
    credentials = _credentials(
        Settings(home=tmp_path, memory_limit="100MB", threads=2, temp_directory=spill)
    )
    environment = LocalEnvironment(credentials)
    first = environment.handle().cursor()
    first.execute(SPILLS)
    assert spill.is_dir()
    assert environment.handle().cursor().execute("select 1").fetchall() == [(1,)]


def _credentials(settings: Settings) -> DuckDBCredentials:
    """What profiles.yml says of DuckDB for these settings, as dbt reads it."""
    jinja = NativeEnvironment()
    jinja.filters["as_number"] = int
    variables = profile_variables(settings)
    text = (PROFILES / "profiles.yml").read_text(encoding="utf-8")

    def rendered(node: object) -> object:
        if isinstance(node, dict):
            return {key: rendered(part) for key, part in node.items()}
        if isinstance(node, list):
            return [rendered(part) for part in node]
        if isinstance(node, str):
            return jinja.from_string(node).render(
                env_var=lambda name, other="": variables.get(name, other)
            )
        return node

    output = rendered(yaml.safe_load(text)["touchline"]["outputs"]["duckdb"])
    assert isinstance(output, dict)
    return DuckDBCredentials.from_dict(output | {"database": "warehouse"})
