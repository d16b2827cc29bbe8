{# facts of records that are no touchpoints, told of the account they name, else of the one their person
   belonged to at the moment. `facts`: identifier_id, stated_account_id (key of an account, null for none),
   source_system, fact, variant, value, occurred_at, evidence_type, evidence_id.
   Returns a query of the shape of int_stage_facts_unioned; account_id is null where nobody names one. #}
{% macro facts_of_people(facts) -%}
    select
        coalesce(facts.stated_account_id, memberships.account_id) as account_id,
        clusters.person_id,
        facts.source_system,
        facts.fact,
        facts.variant,
        facts.value,
        facts.occurred_at,
        facts.evidence_type,
        facts.evidence_id
    from {{ facts }} as facts
    left join {{ ref('int_identity_clusters_resolved') }} as clusters
        on facts.identifier_id = clusters.identifier_id
    left join {{ ref('int_persons_linked_to_accounts') }} as memberships
        on clusters.person_id = memberships.person_id
        and memberships.is_chosen
        and facts.occurred_at >= memberships.valid_from
        and facts.occurred_at < coalesce(memberships.valid_to, {{ far_future() }})
{%- endmacro %}
