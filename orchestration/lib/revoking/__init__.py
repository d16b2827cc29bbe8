"""Takes landed files out again, with all that came of them, and lets them come back."""

from orchestration.lib.revoking.choosing import (
    Batch,
    all_batches,
    chosen_batches,
    rejected_batches,
)
from orchestration.lib.revoking.preview import what_goes
from orchestration.lib.revoking.revoke import finish_revocations, land_again, restore, revoke

__all__ = [
    "Batch",
    "all_batches",
    "chosen_batches",
    "finish_revocations",
    "land_again",
    "rejected_batches",
    "restore",
    "revoke",
    "what_goes",
]
