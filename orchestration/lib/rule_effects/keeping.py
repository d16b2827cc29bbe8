"""The rules a build was made with, kept beside the home's histories; those of a git revision."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from orchestration.lib.building.project import (
    DATA_TESTS,
    REPOSITORY,
    SEEDS,
    checksum,
    project_files,
)
from orchestration.lib.errors import TouchlineError
from orchestration.lib.history import sync_folder
from orchestration.lib.rule_effects.changes import RuleSet
from orchestration.lib.rules import RuleTable, effective_rows, rule_tables
from orchestration.lib.rules.rows import own_rows, read_rows
from orchestration.lib.settings import Settings


def rules_now(settings: Settings) -> RuleSet:
    """The rows that hold in a home as its files are now; raises TouchlineError on a bad file."""
    return {
        name: [row.values for row in effective_rows(settings, table)]
        for name, table in rule_tables().items()
    }


def keep_rules(settings: Settings) -> str:
    """Keep the rows that hold now, once for each state of them; returns the id they are kept by.

    When this returns, the kept rows survive a power cut.
    """
    text = json.dumps(rules_now(settings), sort_keys=True, ensure_ascii=False).encode()
    rules_id = sha256(text).hexdigest()[:16]
    path = _kept_file(settings, rules_id)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with waiting.open("wb") as file:
            file.write(gzip.compress(text, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
        sync_folder(path.parent)
    return rules_id


def kept_rules(settings: Settings, rules_id: str) -> RuleSet:
    """The rows kept by an id; raises TouchlineError when they are not there."""
    path = _kept_file(settings, rules_id)
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError):
        raise TouchlineError(
            "the rules of the published version cannot be read",
            str(path),
            "name what to compare with: `touchline rules diff --base REF`",
        ) from None


def rules_at(settings: Settings, revision: str) -> RuleSet:
    """The rows of `seeds` at a git revision, overlaid by the home's own rows as they are now."""
    held = {}
    files = _files_at(revision)
    for name, table in rule_tables().items():
        own = [row.values for row in own_rows(settings, table)]
        replaced = {row.get(table.id_column) for row in own}
        shipped = _rows_of(table, files, revision)
        held[name] = [row for row in shipped if row.get(table.id_column) not in replaced] + own
    return held


def code_checksum() -> str:
    """A short checksum over what makes the rows of models: no rules, no tests, no pages."""
    seeds = {SEEDS / "rules", SEEDS / "reference"}
    files = [
        path
        for path in project_files()
        if path.suffix != ".md"
        and DATA_TESTS not in path.parents
        and not (path.suffix == ".csv" and path.parent in seeds)
    ]
    return sha256(checksum(files).encode()).hexdigest()[:16]


def _rows_of(
    table: RuleTable, files: Mapping[str, bytes], revision: str
) -> list[dict[str, str | None]]:
    """A table's rows at a revision; none where it had no such table."""
    name = str(table.path.relative_to(REPOSITORY))
    if name not in files:
        return []
    return [row.values for row in read_rows(table.path, text=_text(files[name], name, revision))]


def _text(content: bytes, name: str, revision: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TouchlineError(
            "the rule file is no UTF-8 text", f"{name} at {revision}", "name another revision"
        ) from None


def _files_at(revision: str) -> dict[str, bytes]:
    """Files below `seeds` at a revision, by path in the repository; raises TouchlineError."""
    try:
        tree = _git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{tree}}")
        folder = str(SEEDS.relative_to(REPOSITORY))
        content = _git("archive", "--format=tar", tree.decode().strip(), folder)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", None) or str(error).encode()).decode(errors="replace")
        raise TouchlineError(
            f"git cannot give the rules of '{revision}': {said.strip()}",
            str(REPOSITORY),
            "name a branch, tag or commit of this repository, such as --base main",
        ) from None
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {
            member.name: archive.extractfile(member).read()
            for member in archive.getmembers()
            if member.isfile()
        }


def _git(*arguments: str) -> bytes:
    """What a git command in the repository prints."""
    command = ["git", "-C", str(REPOSITORY), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _kept_file(settings: Settings, rules_id: str) -> Path:
    return settings.state / "rules" / f"{rules_id}.json.gz"
