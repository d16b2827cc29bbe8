"""Runs a command in a process of its own and says what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("touchline")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One measured process: wall and processor seconds, peak memory, what it said as JSON."""

    name: str
    seconds: float
    cpu_seconds: float
    peak_mb: int
    said: dict[str, Any] = field(default_factory=dict)


def touchline(name: str, home: Path, *arguments: str) -> Step:
    """One command of Touchline on a home."""
    return python(name, [str(COMMAND), *arguments, "--json"], home=home)


def python(name: str, arguments: list[str], *, home: Path | None = None) -> Step:
    """Python with some arguments; a failure ends the bench with what was said."""
    environment = os.environ | ({"TOUCHLINE_HOME": str(home)} if home else {})
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        output.seek(0)
        errors.seek(0)
        if status:
            sys.exit(f"{name} failed:\n{errors.read().decode()[-2000:]}")
        text = output.read().decode().strip()
    return Step(
        name=name,
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss // 1024,
        said=json.loads(text) if text.startswith("{") else {},
    )
