"""What a home keeps and for how long, what it weighs, and the making smaller of its database."""

from orchestration.lib.retention.compacting import Compaction, compact, wasted_share
from orchestration.lib.retention.finding import Expired, expired
from orchestration.lib.retention.limits import limits_in_force
from orchestration.lib.retention.pruning import prune
from orchestration.lib.retention.raw_rows import finish_prunings
from orchestration.lib.retention.sizes import sizes

__all__ = [
    "Compaction",
    "Expired",
    "compact",
    "expired",
    "finish_prunings",
    "limits_in_force",
    "prune",
    "sizes",
    "wasted_share",
]
