"""The project works for anyone: fixed top level, no hosts, no machine's paths, no telemetry."""

from __future__ import annotations

import ast
import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from orchestration.lib.building.project import REPOSITORY

TOP_LEVEL = {
    "README.md",
    "pyproject.toml",
    "dbt_project",
    "orchestration",
    "tests",
    "seeds",
    "profiles",
    "LICENSE",
    "Makefile",
    "CHANGELOG.md",
    "constraints.txt",
}
TEXT = {".py", ".sql", ".yml", ".yaml", ".toml", ".md", ".csv", ".txt", ""}


def texts(tracked_files: list[Path]) -> dict[str, str]:
    return {
        str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8", errors="replace")
        for path in tracked_files
        if path.suffix in TEXT and "fixtures" not in path.parts
    }


def test_top_level_is_fixed(tracked_files: list[Path]) -> None:
    names = {path.relative_to(REPOSITORY).parts[0] for path in tracked_files}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_no_registry_host_and_no_absolute_path(tracked_files: list[Path]) -> None:
    hosts = re.compile(r"https?://[\w.-]*(pypi|python" + r"hosted|npmjs|debian)[\w.-]*")
    paths = re.compile(r"[\"'` =(]/(home|root|Users|work)/\w")
    wrong = [
        name
        for name, text in texts(tracked_files).items()
        if (hosts.search(text) or paths.search(text)) and name != "tests/project/test_repository.py"
    ]
    assert wrong == []
    assert not any(path.name in ("uv.lock", "packages.yml") for path in tracked_files)


def test_lib_never_imports_dagster(tracked_files: list[Path]) -> None:
    wrong = [
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in tracked_files
        if path.suffix == ".py" and "lib" in path.relative_to(REPOSITORY).parts
        for name in imports(path)
        if name.split(".")[0].startswith("dagster") or name.startswith("orchestration.defs")
    ]
    assert wrong == []


def test_no_files_import_each_other_in_a_circle(tracked_files: list[Path]) -> None:
    modules = {module(path): path for path in tracked_files if path.suffix == ".py"}
    reads = {
        name: {one if one in modules else one.rpartition(".")[0] for one in imports(path)}
        for name, path in modules.items()
    }
    assert circle_in(reads) == []


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """The nodes of one circle of a graph, the first again at the end; empty without any."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def module(path: Path) -> str:
    """The name by which a Python file of the repository is imported."""
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_nobody_imports_private_dagster(tracked_files: list[Path]) -> None:
    wrong = [
        str(path.relative_to(REPOSITORY))
        for path in tracked_files
        if path.suffix == ".py" and any("dagster._" in name for name in imports(path))
    ]
    assert wrong == []
    assert [path for path in tracked_files if path.name == "utils.py"] == []


def imports(path: Path) -> list[str]:
    """Dotted names that a Python file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def test_every_python_file_says_what_it_is(tracked_files: list[Path]) -> None:
    wrong = [
        str(path.relative_to(REPOSITORY))
        for path in tracked_files
        if path.suffix == ".py"
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_definitions_hold_no_sql_of_many_lines(tracked_files: list[Path]) -> None:
    wrong = [
        str(path.relative_to(REPOSITORY))
        for path in tracked_files
        if path.suffix == ".py" and "orchestration/defs" in str(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"\s*(select|with|insert|create|delete)\b.*\n", node.value, re.I)
    ]
    assert wrong == []


def test_dependencies_are_pinned_and_explained() -> None:
    pyproject = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(pyproject)["project"]
    pins = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"] + project["optional-dependencies"]["test"]:
        name = re.split(r"[<>=!\[]", requirement)[0].lower()
        assert f"\n{name}==" in pins, f"{name} is not pinned in constraints.txt"
        assert re.search(rf'"{re.escape(requirement)}",\s+# .', pyproject), f"say why {name}"
