"""An exposure per sync, from the shipped segments: `python -m tests.docs.exposures --write`."""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Mapping
from pathlib import Path

from orchestration.lib.building.project import REPOSITORY

SEGMENTS = REPOSITORY / "seeds" / "rules" / "segment_definitions.csv"
FILE = REPOSITORY / "dbt_project" / "models" / "activation" / "_activation__exposures.yml"
HEAD = "# one exposure per active segment and destination: python -m tests.docs.exposures --write"
# what the sync of a segment and its files are read from
READ = ("sync_segment_members", "fct_send_eligibility", "rpt_segment_waterfall")


def exposures(segments: Path = SEGMENTS) -> str:
    """The file of exposures as the shipped rows have it; a destination may be several."""
    with segments.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["is_active"] == "true"]
    told = sorted(
        (destination.strip(), row["segment_id"], row)
        for row in rows
        for destination in row["destination"].split("|")
    )
    parts = [_exposure(destination, row) for destination, _, row in told]
    return "\n".join([HEAD, "exposures:", *parts]) + "\n"


def exposure_name(destination: str, segment_id: str) -> str:
    """The name of the sync of a segment to a destination: letters, digits and underscores."""
    return re.sub(r"\W", "_", f"sync_{destination}_{segment_id}")


def _exposure(destination: str, row: Mapping[str, str]) -> str:
    segment = row["segment_id"]
    urgently = ", within minutes" if row["is_urgent"] == "true" else ""
    what = f"Segment {segment} for {row['purpose']} by {row['channel']}, told to {destination}"
    models = ", ".join(f"ref('{model}')" for model in READ)
    return "\n".join(
        (
            f"  - name: {exposure_name(destination, segment)}",
            "    type: application",
            f'    owner: {{name: "{row["owner"]}"}}',
            f'    description: "{what}{urgently}."',
            f"    depends_on: [{models}]",
        )
    )


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.exposures", description=__doc__)
    parser.add_argument("--write", action="store_true", required=True, help="write the file")
    parser.parse_args()
    FILE.write_text(exposures(), encoding="utf-8")


if __name__ == "__main__":
    main()
