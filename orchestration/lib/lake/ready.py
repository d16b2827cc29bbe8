"""Looks whether Spark can run here: Java, and the packages of the extra `spark`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from orchestration.lib.errors import TouchlineError

JAVA_NEEDED = 17
PACKAGES = ("pyspark", "dbt.adapters.spark")


class SparkError(TouchlineError):
    """The target `spark` cannot be used here."""


def require_spark() -> None:
    """Raise SparkError, with what to install, unless a build on Spark can start."""
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing:
        raise SparkError(
            f"the target spark needs packages that are not installed: {', '.join(missing)}",
            "the Python environment of Touchline",
            "install them: make install-spark",
        )
    found = java_version()
    if found is None or found < JAVA_NEEDED:
        raise SparkError(
            f"Spark needs Java {JAVA_NEEDED} or newer, "
            + ("found none" if found is None else f"found Java {found}"),
            _java() or "PATH and JAVA_HOME",
            f"install it (Debian: apt-get install openjdk-{JAVA_NEEDED}-jre-headless) "
            "and let JAVA_HOME name it, or build on the target duckdb",
        )


def java_version() -> int | None:
    """The major version of the Java that Spark would start; None where there is none."""
    java = _java()
    if java is None:
        return None
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(version[1]) if version else None


def _java() -> str | None:
    """The command Spark starts: of JAVA_HOME where it is set, else the first in PATH."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else shutil.which("java")
