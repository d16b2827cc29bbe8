"""What `touchline ingest` does with files that landed: take out, let in, judge again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from orchestration.cli.output import print_json, print_labelled, screen
from orchestration.cli.tables import print_table
from orchestration.lib.settings import Settings

NAMES = "A batch number or a file, as `--batches` lists them; may be given several times."
Revoke = Annotated[
    list[str] | None,
    typer.Option("--revoke", metavar="BATCH", help=f"Take files out again. {NAMES}"),
]
Restore = Annotated[
    list[str] | None,
    typer.Option("--restore", metavar="BATCH", help=f"Let revoked files in again. {NAMES}"),
]
Again = Annotated[
    list[str] | None,
    typer.Option(
        "--again",
        metavar="BATCH",
        help=f"Judge files by the contracts of now; `rejected` means all set aside whole. {NAMES}",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="With --revoke: only say what would go.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for those who ask later.")]
DropRefusals = Annotated[
    bool,
    typer.Option(
        "--drop-refusals",
        help="With --revoke: also forget who refused in these files. Kept otherwise, as nobody "
        "who unsubscribed may be written to because a file was wrong.",
    ),
]
Batches = Annotated[bool, typer.Option("--batches", help="List what was landed, newest first.")]
CAN_GO = ("loaded", "rejected", "repeated")
CAN_COME = ("revoked",)
REJECTED = "rejected"


def take_out(
    settings: Settings,
    names: Sequence[str],
    *,
    reason: str,
    dry_run: bool,
    keep_refusals: bool,
    as_json: bool,
) -> None:
    """Revoke, or say what would go; tells counts per table and what to do next."""
    from orchestration.lib.home import open_home
    from orchestration.lib.revoking import chosen_batches, revoke, what_goes

    with open_home(settings) as connection:
        batches = chosen_batches(connection, names, statuses=CAN_GO)
        rows = what_goes(connection, settings, batches)
        if not dry_run:
            rows = revoke(connection, settings, batches, reason=reason, keep_evidence=keep_refusals)
    if as_json:
        print_json(rows)
        return
    print_table(rows)
    if dry_run:
        screen.print("[dim]nothing was changed; without --dry-run these rows go[/dim]")
        return
    if keep_refusals:
        print_labelled("kept", "who refused in these files is still not written to", style="dim")
    screen.print("[dim]next: touchline run, which builds and publishes without them[/dim]")


def let_in(settings: Settings, names: Sequence[str], *, reason: str) -> None:
    """Restore revoked files; the ingest that follows lands them."""
    from orchestration.lib.home import open_home
    from orchestration.lib.revoking import chosen_batches, restore

    with open_home(settings) as connection:
        batches = chosen_batches(connection, names, statuses=CAN_COME)
        restore(connection, settings, batches, reason=reason)


def judge_again(settings: Settings, names: Sequence[str], *, reason: str) -> None:
    """Forget that files were landed; the ingest that follows lands them by the rules of now."""
    from orchestration.lib.home import open_home
    from orchestration.lib.revoking import chosen_batches, land_again, rejected_batches

    with open_home(settings) as connection:
        named = [name for name in names if name != REJECTED]
        batches = chosen_batches(connection, named, statuses=CAN_GO)
        if REJECTED in names:
            batches += [one for one in rejected_batches(connection) if one not in batches]
        land_again(connection, settings, batches, reason=reason)


def list_batches(settings: Settings, *, as_json: bool) -> None:
    """Every landed file with its batch, status and rows, newest first."""
    from orchestration.lib.home import open_home
    from orchestration.lib.landing import ensure_raw_tables
    from orchestration.lib.revoking import all_batches

    with open_home(settings) as connection:
        ensure_raw_tables(connection)
        rows: list[dict[str, Any]] = [
            {
                "batch": int(one.batch_id),
                "file": one.source_file,
                "status": one.status,
                "rows_in": one.rows_in,
                "rows_loaded": one.rows_loaded,
            }
            for one in reversed(all_batches(connection))
        ]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(rows)
    else:
        screen.print("nothing has been landed yet")
