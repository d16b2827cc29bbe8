"""Writes the pages: an overview of batches and doubts, and the library's own page of each batch."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.lib.data_docs.results import JudgedBatch, as_validation, judged_batches
from orchestration.lib.errors import TouchlineError

if TYPE_CHECKING:
    from jinja2 import Template

# As the published files: of the pipeline's user and group, since examples may be personal data.
FILE_RIGHTS, FOLDER_RIGHTS = 0o640, 0o750
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def write_data_docs(connection: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write all pages anew, which need no network; returns the one to open.

    Raises TouchlineError when no batch was judged yet.
    """
    batches = judged_batches(connection)
    if not batches:
        raise TouchlineError(
            "there is nothing to show: no batch was large enough to be judged yet",
            str(folder),
            "land files first: `touchline ingest`",
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=FOLDER_RIGHTS)
    for batch in batches:
        _write(folder / f"{batch.batch_id}.html", batch=batch, library=_page_of_library(batch))
    return _write(folder / "index.html", batches=batches)


def _write(path: Path, **facts: Any) -> Path:
    path.write_text(_frame().render(facts), encoding="utf-8")
    path.chmod(FILE_RIGHTS)
    return path


def _page_of_library(batch: JudgedBatch) -> str:
    """What the library says of each expectation, as HTML without what it would fetch."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    class Bare(DefaultJinjaPageView):
        """The library's page without navigation."""

        _template = "page_minimal.j2"

    document = ValidationResultsPageRenderer().render(as_validation(batch))
    # The first section tells of the run, which the frame does better.
    document.sections = document.sections[1:]
    page: str = Bare().render(document)
    return _SCRIPT.sub("", page.partition("<body>")[2].rpartition("</body>")[0])


@cache
def _frame() -> Template:
    """The page around everything: given `batches` an overview, given `batch` one of them."""
    import jinja2

    text = Path(__file__).with_name("frame.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )
