"""Data flows left to right: each layer reads only what lies before it."""

from __future__ import annotations

from tests.project.conftest import Model

MAY_READ = {
    "staging": set(),
    "unified": {"staging"},
    "intermediate": {"unified", "intermediate"},
    "marts": {"intermediate", "marts"},
    "activation": {"intermediate", "marts", "activation"},
    "observability": {"staging", "unified", "intermediate", "marts", "activation"},
}
PREFIXES = {
    "staging": ("stg_",),
    "unified": ("int_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "rpt_"),
    "activation": ("fct_", "sync_", "rpt_"),
    "observability": ("rpt_",),
}


def test_each_layer_reads_only_layers_before_it(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} reads {models[parent].path}: a {model.layer} model may read "
        f"{sorted(MAY_READ[model.layer]) or 'sources'} only; read an exit of an earlier layer"
        for model in models.values()
        for parent in model.parents
        if models[parent].layer not in MAY_READ[model.layer]
    ]
    assert wrong == []


def test_only_staging_reads_raw_tables(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} reads {source}: raw tables are read by staging alone"
        for model in models.values()
        for source in model.sources
        if model.layer != "staging" and source.split(".")[2] not in ("raw_ops", "lookups")
    ]
    assert wrong == []


def test_staging_reads_its_own_system(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} reads {source}"
        for model in models.values()
        for source in model.sources
        if model.layer == "staging" and source.split(".")[2] != model.domain
    ]
    assert wrong == []


def test_nobody_reads_the_last_dimensions_but_the_exits(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} reads {parent} of marts/core"
        for model in models.values()
        for parent in model.parents
        if models[parent].path.parts[:2] == ("marts", "core")
        and model.layer not in ("activation", "observability")
        and model.path.parts[:2] != ("marts", "core")
    ]
    assert wrong == []


def test_facts_never_read_what_depends_on_today(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} reads {models[parent].path}: facts must not depend on as_of"
        for model in models.values()
        for parent in model.parents
        if model.layer == "intermediate"
        and model.domain not in ("today", "segments")
        and models[parent].path.parts[:2] == ("intermediate", "today")
    ]
    assert wrong == []


def test_prefix_fits_the_folder(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path}: a {model.layer} model begins with {' or '.join(PREFIXES[model.layer])}"
        for model in models.values()
        if not model.name.startswith(PREFIXES[model.layer])
    ]
    wrong += [
        f"{model.path}: name it stg_{model.domain}__<kind>"
        for model in models.values()
        if model.layer == "staging" and not model.name.startswith(f"stg_{model.domain}__")
    ]
    assert wrong == []


def test_at_most_seven_parents(models: dict[str, Model]) -> None:
    wrong = [
        f"{model.path} has {len(model.parents)} parents: put a model with one verb between"
        for model in models.values()
        if len(model.parents) > 7 and model.layer in ("intermediate", "unified")
    ]
    assert wrong == []
