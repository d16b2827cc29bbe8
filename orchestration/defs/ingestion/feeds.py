"""What systems send, as assets nobody here makes: fresh as long as files come as promised."""

import dagster as dg

from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.rules.freshness import Promise, active_promises
from orchestration.lib.settings import load_settings


def feed_key(spec: TableSpec) -> dg.AssetKey:
    """The key of the files of a raw table."""
    return dg.AssetKey(["landing", spec.system, spec.table])


def feed(spec: TableSpec, promises: list[Promise]) -> dg.AssetSpec:
    """The files of a raw table: materialised when one is taken up, late when none comes.

    A raw table itself is materialised by every run, whether a file came or not, so that its age
    tells nothing of the source. Without a promise nothing is expected.
    """
    promise = next((one for one in promises if one.holds_for(spec.system, spec.table)), None)
    return dg.AssetSpec(
        feed_key(spec),
        group_name="landing",
        kinds={"csv"},
        description=f"Files that come into `landing/{spec.name}`.",
        metadata={"promise": promise.promise_id} if promise else {},
        freshness_policy=_policy(promise) if promise else None,
    )


def _policy(promise: Promise) -> dg.FreshnessPolicy:
    """A warning when late, a failure when broken; Dagster takes no warning that comes not first."""
    late, broken = promise.late_after, promise.broken_after
    return dg.FreshnessPolicy.time_window(
        fail_window=broken, warn_window=late if late < broken else None
    )


_promises = active_promises(load_settings())
feeds = [feed(spec, _promises) for spec in declared_tables()]
