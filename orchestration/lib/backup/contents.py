"""What a backup holds: a list of files with their checksums, which is written last."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from orchestration.lib.errors import TouchlineError
from orchestration.lib.settings import Settings

LIST = "backup.json"
CHUNK = 1 << 20
PUBLISHED = "published"
# What is copied, by its name in the home. The published version is one file of a folder.
DATABASES = ("warehouse.duckdb", "marts_build.duckdb")
FOLDERS = ("state", "rules")
FILES = ("touchline.toml", "touchline.version")


class BackupError(TouchlineError):
    """A backup cannot be made, is damaged, or may not be restored where it was asked."""


@dataclass(frozen=True, kw_only=True)
class BackupList:
    """What was copied when, from which layout; `files` maps a path to (bytes, SHA-256)."""

    made_at: str
    home_version: int
    run_id: str | None
    files: dict[str, tuple[int, str]] = field(hash=False)

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(size for size, _ in self.files.values())


def files_of(settings: Settings) -> Iterator[Path]:
    """Files of a home that belong into a backup, by their path in the home."""
    for name in (*DATABASES, *FILES):
        if (settings.home / name).is_file():
            yield Path(name)
    for folder in FOLDERS:
        for path in sorted((settings.home / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(settings.home)
    if settings.current.is_symlink() and settings.current.exists():
        yield Path(PUBLISHED) / settings.current.readlink().name


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """Copy durably; returns bytes and SHA-256 of what was read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    target.chmod(source.stat().st_mode & 0o777)
    return size, digest.hexdigest()


def write_list(folder: Path, content: BackupList) -> None:
    """Write the list durably; a folder with a list is a whole backup."""
    with (folder / LIST).open("w", encoding="utf-8") as file:
        json.dump(asdict(content), file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_list(folder: Path) -> BackupList:
    """The list of a backup; raises BackupError when there is none that can be read."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
        files = {str(name): (int(size), str(sha)) for name, (size, sha) in found["files"].items()}
        return BackupList(
            made_at=str(found["made_at"]),
            home_version=int(found["home_version"]),
            run_id=found["run_id"],
            files={name: pair for name, pair in files.items() if _is_inside(name)},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(
            f"this is no whole backup: {LIST} cannot be read ({type(error).__name__})",
            str(folder),
            "name a folder that `touchline backup` finished",
        ) from None


def _is_inside(name: str) -> bool:
    """Raise ValueError for a path that would leave the home, whoever wrote the list."""
    path = Path(name)
    known = path.name == name or path.parts[0] in (*FOLDERS, PUBLISHED)
    if path.is_absolute() or ".." in path.parts or not known:
        raise ValueError(name)
    return True
