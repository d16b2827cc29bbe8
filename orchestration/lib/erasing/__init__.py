"""Erases a person wherever they lie, and keeps them from coming back."""

from orchestration.lib.erasing.completing import complete_erasures
from orchestration.lib.erasing.erase import begin_erasure, erase, what_goes
from orchestration.lib.erasing.finishing import finish_erasures
from orchestration.lib.erasing.proof import proofs
from orchestration.lib.erasing.tombstones import tombstones

__all__ = [
    "begin_erasure",
    "complete_erasures",
    "erase",
    "finish_erasures",
    "proofs",
    "tombstones",
    "what_goes",
]
