"""One parse of the dbt project for all homes of a test run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.building import parsing
from orchestration.lib.settings import Settings


@contextmanager
def shared_parse(folder: Path) -> Iterator[None]:
    """Keep in `folder` what dbt parsed first, and give it to every other home of this process.

    Parsing takes dbt a third of a build and depends on the project, the target and the settings
    that are passed as variables; a home of its own settings is parsed for itself.
    """
    call_dbt = parsing.call_dbt

    def parse(settings: Settings, command: Sequence[str], **options: Any) -> Any:
        place = Path(command[command.index("--target-path") + 1])
        values = [command[command.index(name) + 1] for name in ("--target", "--vars")]
        kept = folder / "-".join("".join(filter(str.isalnum, value)) for value in values)
        if kept.exists():
            return shutil.copytree(kept, place, dirs_exist_ok=True)
        outcome = call_dbt(settings, command, **options)
        kept.mkdir(parents=True)
        for name in (parsing.MANIFEST, parsing.PARSED):
            shutil.copyfile(place / name, kept / name)
        return outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "call_dbt", parse)
        yield
