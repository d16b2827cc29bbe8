"""One graph without a break: what is landed is read, what is built is published."""

from __future__ import annotations

import dagster as dg

from orchestration.lib.building import read_manifest
from orchestration.lib.publishing.contract import contracts_of
from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.running.steps import destinations
from orchestration.lib.settings import load_settings
from tests.orchestration.graph import FILE, graph_as_text


def test_the_graph_is_the_one_that_was_reviewed(definitions: dg.Definitions) -> None:
    told = graph_as_text(definitions).splitlines()
    kept = FILE.read_text(encoding="utf-8").splitlines()
    gone, new = sorted(set(kept) - set(told)), sorted(set(told) - set(kept))
    assert (gone, new) == ([], []), "if meant: python -m tests.orchestration.graph"


def test_every_source_is_landed_and_every_raw_table_is_read(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    feeds = {("landing", spec.system, spec.table) for spec in declared_tables()}
    assert {tuple(key.path) for key in graph.external_asset_keys} == feeds
    sources = {
        (source["source_name"], source["name"])
        for source in read_manifest(load_settings())["sources"].values()
    }
    assert {(spec.system, spec.table) for spec in declared_tables()} <= sources


def test_a_raw_table_is_upstream_of_every_export(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    exports = [dg.AssetKey(["outbox", name]) for name in destinations(load_settings())]
    assert exports
    for export in exports:
        reached = dg.AssetSelection.assets(export).upstream().resolve(graph)
        assert dg.AssetKey(["files", "email_events"]) in reached
        assert dg.AssetKey(["published", "current"]) in reached


def test_every_public_table_is_upstream_of_the_publication(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    parents = graph.get(dg.AssetKey(["published", "current"])).parent_keys
    contracts = contracts_of(read_manifest(load_settings()))
    assert {(contract.schema, contract.name) for contract in contracts} <= {
        tuple(key.path) for key in parents
    }


def test_verdicts_on_raw_batches_never_block(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    verdicts = [key for key in graph.asset_check_keys if key.name == "batches_are_sound"]
    assert len(verdicts) == len(declared_tables())
    assert not any(graph.get_check_spec(key).blocking for key in verdicts)


def test_dbt_tests_are_checks(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    checked = {key.asset_key.path[0] for key in graph.asset_check_keys}
    assert {"marts", "unified"} <= checked
