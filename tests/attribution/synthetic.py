"""Journeys made by arithmetic inside the warehouse: as many as wanted, the same every time."""

from __future__ import annotations

from tests.laws.credits_warehouse import Warehouse

CHANNELS = 9
# the touches of an owner end at this moment; a conversion comes a minute later
END = "timestamp '2026-01-31 12:00:00'"


def fill_journeys(warehouse: Warehouse, *, owners: int, touches: int, converts_every: int) -> None:
    """Owners with 1 to 2 * touches - 1 touchpoints each; every so many of them wins a deal.

    Lead and opportunity lie on the path; amounts are odd cents, every 50th is unknown.
    """
    owner = f"from range({owners}) as owners(n)"
    warehouse.connection.execute(
        f"""
        insert into warehouse.touchpoints.int_touchpoints_resolved by name
        select
            printf('t%08d_%02d', n, place) as touchpoint_id,
            'c' || (hash(n * 100 + place) % {CHANNELS})::varchar as channel,
            {END} - to_hours((place * 31 + n % 13)::int) as occurred_at,
            true as earns_credit,
            'a' || n as account_id,
            'p' || n as person_id
        {owner}, range(2 * {touches} - 1) as places(place)
        where place <= n * 7 % (2 * {touches} - 1)
        """
    )
    moments = {"lead": "to_days(9)", "opportunity": "to_days(4)", "won": "to_minutes(-1)"}
    for conversion_type, back in moments.items():
        warehouse.connection.execute(
            f"""
            insert into warehouse.attribution.int_conversions_unioned by name
            select
                '{conversion_type}' || n as conversion_id,
                '{conversion_type}' as conversion_type,
                'deal' as evidence_type,
                'd' || n as evidence_id,
                case when n % 50 > 0 then (hash(n) % 10000000 / 100)::decimal(18, 2) end as amount,
                {END} - {back} as occurred_at,
                'a' || n as account_id,
                'p' || n as person_id,
                'a' || n as path_owner_id
            {owner}
            where n % {converts_every} = 0
            """
        )
