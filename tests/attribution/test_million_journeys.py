"""A million journeys: credits of every model sum to all conversions and amounts, to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.rules import rule_tables
from tests.attribution.synthetic import fill_journeys
from tests.laws.credits_warehouse import compiled_warehouse

JOURNEYS = 1_000_000


@pytest.mark.slow
def test_credits_of_a_million_journeys_sum_exactly(tmp_path: Path) -> None:
    """Active models, and `custom`, which weighs channels here and leaves one out.

    Markov is a total per channel, see `test_markov`; what is switched off differs in weights.
    """
    with compiled_warehouse(tmp_path) as warehouse:
        fill_journeys(warehouse, owners=JOURNEYS, touches=2, converts_every=1)
        for name in ("attribution_models", "attribution_lookbacks"):
            warehouse.connection.execute(
                f"insert into warehouse.rules.{name} by name "
                f"select * from read_csv('{rule_tables()[name].path}')"
            )
        warehouse.connection.execute(
            "delete from warehouse.rules.attribution_lookbacks where conversion_type <> 'won'"
        )
        warehouse.connection.execute(
            "update warehouse.rules.attribution_models set is_active = true "
            "where model_id = 'custom'"
        )
        warehouse.fill(
            "rules.attribution_weights",
            [("left_out", None, "c1", 0, "custom"), ("thrice", None, "c2", 3, "custom")],
        )
        shipped = warehouse.connection.execute(
            "select distinct model_id from warehouse.rules.attribution_models "
            "where is_active and method <> 'removal_effect' order by model_id"
        ).fetchall()
        warehouse.rebuild()
        found = warehouse.connection.execute(
            """
            select model_id, count(distinct conversion_id), sum(credit), sum(credited_amount)
            from warehouse.attribution.int_credits_weighted
            group by model_id
            order by model_id
            """
        ).fetchall()
        told = warehouse.connection.execute(
            "select count(*), count(*), sum(amount) "
            "from warehouse.attribution.int_conversions_unioned where conversion_type = 'won'"
        ).fetchone()
        wrong = warehouse.connection.execute(
            """
            select count(*)
            from (
                select conversion_id, model_id, sum(credit) as credit, sum(credited_amount) as cents
                from warehouse.attribution.int_credits_weighted
                group by conversion_id, model_id
            ) as sums
            inner join warehouse.attribution.int_conversions_unioned using (conversion_id)
            where sums.credit <> 1 or sums.cents is distinct from amount
            """
        ).fetchone()
    assert found == [(model, *told) for (model,) in shipped]
    assert told[0] == JOURNEYS
    assert wrong == (0,)
