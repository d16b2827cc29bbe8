-- one row per order: its latest version known at as_of
{# a version that tells of a delivery is not older: nor is its status, where nothing dates it #}
{% set told_at = 'case when updated_at is null then coalesce(delivered_at, shipped_at) end' %}
{{ latest_versions(
    'orders',
    version_at='updated_at',
    later={
        'shipped_at': ['shipped_at'],
        'delivered_at': ['delivered_at'],
        told_at: ['status', 'refunded_amount'],
    },
) }}
