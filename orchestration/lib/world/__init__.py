"""The seeded world: data as real systems export it, and the truth about it beside it.

Truth files, all CSV: world (its seed and size), accounts, persons, memberships (person and account
over time), identifiers (whose each is, and whether the data lets anybody find out), shared_devices,
touchpoints (one row per record that is or belongs to a touchpoint, with its channel), stages (what
was meant), bots, machine_opens (opens and clicks of machines), dirt (kind, table, record key:
doubled, broken, stray and otherwise odd rows).
"""

from .generate import WorldReport, generate

__all__ = ["WorldReport", "generate"]
