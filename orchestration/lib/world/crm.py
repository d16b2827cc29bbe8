"""The tables accounts, contacts and leads."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import (
    DAY,
    NEVER,
    Columns,
    amounts,
    hex_ids,
    iso,
    iso_date,
    join,
    numerals,
    take,
    where,
)  # fmt: skip
from .companies import LOST, Accounts
from .names import COUNTRIES, INDUSTRIES, Pools
from .people import SLOTS, TITLES, People, phone_numbers, writes_variant
from .records import Records, crm_account_ids, is_entered_twice, is_merged, second_account_ids
from .second_lives import ROLE_SLOT, SecondLives
from .span import Span

OWNERS = ("Ada Brandt", "Ben Osei", "Carla Ruiz", "Deniz Aydin", "Eva Lindqvist", "Farid Haddad")
_SOURCES = ("Website", "Trade show", "Referral", "Outbound", "Webinar", "Shop")
_LEGAL_FORM = r" (Inc\.|GmbH|Ltd|SARL|B\.V\.|S\.L\.)$"
_HEARD = (None, None, None, "podcast", "colleague", "Google", "LinkedIn")


def account_table(accounts: Accounts, *, span: Span, pools: Pools) -> Columns:
    """One row per company in the CRM, and a second one for a few that were entered twice; of
    some the CRM has since made one."""
    once = np.flatnonzero(accounts.in_crm)
    doubled = is_entered_twice(accounts.index[once]) | is_merged(accounts.index[once])
    twice = once[doubled]
    row = np.r_[once, twice]
    again = np.arange(len(row)) >= len(once)
    index, country = accounts.index[row], accounts.country[row]
    kind = np.where(accounts.won[row] >= 0, 1, 0)
    kind = np.where((accounts.story[row] == LOST) & (index % 7 == 0), 3, kind)
    kind = np.where(index % 89 == 5, 2, kind)
    revenue = accounts.employees[row] * (90_000 + index % 7 * 20_000) * 100
    created = accounts.opened[row] - (index % 40) * DAY + again * 30 * DAY
    updated = np.minimum(np.maximum(accounts.ended[row], created), span.end - 1)
    merged = again & is_merged(index)
    parent = accounts.parent[row]
    cities = pa.array([city for names in pools.cities for city in names])
    sizes = np.array([len(names) for names in pools.cities])
    city = (np.cumsum(sizes) - sizes)[country] + index % sizes[country]
    ids = crm_ids_with_doubles(accounts.index[row], again)
    return {
        "account_id": ids,
        "name": where(again, join(take(accounts.name, row), " (new)"),
                      take(accounts.name, row)),
        "domain": where(index % 11 != 3, take(accounts.domain, row)),
        "website": join("https://www.", take(accounts.domain, row), "/"),
        "industry": take(INDUSTRIES, np.where(index % 13 == 6, NEVER, accounts.word[row] % 10)),
        "employee_count": pa.array(accounts.employees[row], mask=index % 17 == 2),
        "annual_revenue": amounts(np.where(index % 5 == 1, NEVER, revenue)),
        "currency": take([place.currency for place in COUNTRIES], country),
        "country": take([place.code for place in COUNTRIES], country),
        "region": take([place.region for place in COUNTRIES], country),
        "city": cities.take(city),
        "parent_account_id": take(hex_ids("acc_", accounts.index, salt=51), parent),
        "owner": take(OWNERS, index % len(OWNERS)),
        "account_type": take(("prospect", "customer", "partner", "competitor"), kind),
        "created_at": iso(created), "updated_at": iso(updated),
        "is_deleted": take(("false", "true"), merged.astype(int)),
        "merged_into_id": where(merged, crm_account_ids(index)),
        "contract_tier__c": take(("basic", "plus", "premium"), np.where(
            kind == 1, index % 3, NEVER)),
        "seats_licensed__c": numerals(np.where(kind == 1, accounts.employees[row] // 8 + 3, 0)),
    }  # fmt: skip


def crm_ids_with_doubles(index: np.ndarray, again: np.ndarray) -> pa.Array:
    """CRM ids of accounts; the second record of a doubled account has one of its own."""
    return where(again, second_account_ids(index), crm_account_ids(index))


def contact_table(
    accounts: Accounts, people: People, records: Records, lives: SecondLives, *, span: Span
) -> Columns:
    """One row per contact: persons, their second records, and shared mailboxes."""
    first = np.flatnonzero(records.contact_created >= 0)
    parts = (
        (first, records.contact_id.take(first), records.account_id.take(first),
         people.email.take(first), records.contact_created[first]),
        (lives.doubled, lives.doubled_ids, records.account_id.take(lives.doubled),
         people.variant.take(lives.doubled), records.contact_created[lives.doubled] + 40 * DAY),
        (lives.movers, lives.moved_ids, records.crm_account_id.take(lives.moved_to),
         lives.new_email, lives.moved_at + DAY),
    )  # fmt: skip
    person = np.concatenate([part[0] for part in parts])
    ids, account, email = (pa.concat_arrays([part[n] for part in parts]) for n in (1, 2, 3))
    created = np.minimum(np.concatenate([part[4] for part in parts]), span.end - 1)
    table = _contact_rows(accounts, people, person, ids, account, email, created, span)
    return _with_mailboxes(table, accounts, records, lives)


def _contact_rows(
    accounts: Accounts, people: People, person: np.ndarray, ids: pa.Array, account: pa.Array,
    email: pa.Array, created: np.ndarray, span: Span,
) -> Columns:  # fmt: skip
    number, country = people.number[person], people.country[person]
    b2b = accounts.is_b2b[people.account[person]]
    source = np.where(b2b, np.where(people.known[person] >= 0, 0, 1 + number % 4), 5)
    points = np.where(b2b, NEVER, number % 5_000)
    born = (number * 9_973 % 16_000) * DAY + 631_152_000 - 40 * 365 * DAY // 2
    return {
        "contact_id": ids, "account_id": account, "email": email,
        "first_name": take(people.first_name, person),
        "last_name": take(people.last_name, person),
        "phone": _contact_phones(accounts, people, person),
        "title": where(b2b, take([title for title, _ in TITLES], people.title[person])),
        "department": where(b2b, take([team for _, team in TITLES], people.title[person])),
        "country": take([place.code for place in COUNTRIES],
                        np.where(number % 31 == 7, NEVER, country)),
        "language": take([place.language for place in COUNTRIES], country),
        "timezone": take([place.timezone for place in COUNTRIES], country),
        "birth_date": iso_date(np.where(~b2b & (number % 3 == 0), born, NEVER)),
        "gender": take(("male", "female"), np.where(number % 2 == 0,
                                                    people.is_female[person].astype(int), NEVER)),
        "lead_source": take(_SOURCES, source),
        "self_reported_source": take(_HEARD, number % len(_HEARD)),
        "loyalty_tier": take(("bronze", "silver", "gold"), np.where(points < 0, NEVER,
                                                                   points // 1_667)),
        "loyalty_points": pa.array(points, mask=points < 0),
        "email_opt_out": take(("false", "true"), (number % 71 == 9).astype(int)),
        "created_at": iso(created),
        "updated_at": iso(np.minimum(created + number % 50 * DAY, span.end - 1)),
        "is_deleted": pa.array(["false"] * len(person), pa.string()),
        "favourite_colour__c": take((None, "green", "blue", None, "petrol"), number % 5),
        "last_training__c": iso_date(np.where(b2b & (number % 6 == 2), created, NEVER)),
    }  # fmt: skip


def _contact_phones(accounts: Accounts, people: People, person: np.ndarray) -> pa.Array:
    """Numbers of one's own, missing for a third; one switchboard at some of the big companies."""
    account = people.account[person]
    many = np.bincount(account, minlength=len(accounts)) >= 7
    through_switchboard = (many & accounts.is_b2b & (accounts.index % 2 == 0))[account]
    switchboard = phone_numbers(accounts.index * SLOTS + ROLE_SLOT + 1, accounts.country)
    own = where(people.number[person] % 3 > 0, take(people.phone, person))
    return where(through_switchboard, take(switchboard, account), own)


def _with_mailboxes(
    table: Columns, accounts: Accounts, records: Records, lives: SecondLives
) -> Columns:
    """The contacts plus one per shared mailbox."""
    place = lives.role_accounts
    stamp = iso(accounts.opened[place] + DAY)
    count = len(place)
    mailbox = {
        "contact_id": lives.role_ids, "account_id": records.crm_account_id.take(place),
        "email": lives.role_email, "first_name": take(("Info",), np.zeros(count, int)),
        "created_at": stamp, "updated_at": stamp,
        "is_deleted": pa.array(["false"] * count, pa.string()),
    }  # fmt: skip
    return {
        name: pa.concat_arrays([column, mailbox.get(name, pa.nulls(count, column.type))])
        for name, column in table.items()
    }


def lead_table(accounts: Accounts, people: People, records: Records, *, span: Span) -> Columns:
    """One row per lead."""
    person = np.flatnonzero(records.lead_created >= 0)
    number, account = people.number[person], people.account[person]
    converted = records.lead_converted[person]
    form = records.lead_from_form[person]
    state = np.where(converted >= 0, 3, np.where(number % 5 == 0, 2, number % 2))
    deal = where(accounts.decision >= 0, hex_ids("opp_", accounts.index * 8, salt=57))
    owned = np.where((converted >= 0) & (number % SLOTS == 0), account, NEVER)
    created = records.lead_created[person]
    updated = np.minimum(np.maximum(created, converted), span.end - 1)
    country = people.country[person]
    return {
        "lead_id": records.lead_id.take(person),
        "email": where(writes_variant(number), take(people.variant, person),
                       take(people.email, person)),
        "first_name": take(people.first_name, person),
        "last_name": take(people.last_name, person),
        "phone": where(number % 4 == 0, take(people.phone, person)),
        "company": _as_typed(take(accounts.name, account), number),
        "website": where(number % 3 == 0, join("https://", take(accounts.domain, account))),
        "title": take([title for title, _ in TITLES], people.title[person]),
        "country": take([place.code for place in COUNTRIES], country),
        "language": take([place.language for place in COUNTRIES], country),
        "status": take(("new", "working", "unqualified", "converted"), state),
        "lead_source": take(("Trade show", "Website"), form.astype(int)),
        "landing_page": where(form, "https://www.northlight-demo.com/demo"),
        "self_reported_source": take(_HEARD, number % len(_HEARD)),
        "converted_at": iso(converted),
        "converted_contact_id": where(converted >= 0, records.contact_id.take(person)),
        "converted_account_id": where(converted >= 0, records.account_id.take(person)),
        "converted_opportunity_id": take(deal, owned),
        "created_at": iso(created), "updated_at": iso(updated),
        "is_deleted": pa.array(["false"] * len(person), pa.string()),
    }  # fmt: skip


def _as_typed(names: pa.Array, number: np.ndarray) -> pa.Array:
    """Company names as people type them: one in seven in capitals, one in five shortened."""
    short = pc.replace_substring_regex(names, _LEGAL_FORM, "")
    return where(number % 7 == 0, pc.utf8_upper(names), where(number % 5 == 0, short, names))
