"""Persons: who works at each company, who shops, their names, addresses, devices and habits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import DAY, NEVER, Texts, draw, expand, hex_ids, join, mix, numerals, take, where
from .companies import NEWCOMER, Accounts
from .names import COUNTRIES, Pools, plain
from .span import Span

SLOTS = 16
VISITORS, VISITOR_SLOT = 2, 11
FREE_MAIL = ("gmail.com", "outlook.com", "gmx.de", "yahoo.co.uk", "icloud.com", "orange.fr")
DISPOSABLE = ("mailinator.com", "yopmail.com", "guerrillamail.com")
TITLES = (
    ("Head of Operations", "Operations"), ("Chief Executive Officer", "Executive"),
    ("Software Engineer", "Engineering"), ("Procurement Manager", "Procurement"),
    ("Marketing Director", "Marketing"), ("VP Finance", "Finance"), ("IT Manager", "IT"),
    ("Geschäftsführer", "Executive"), ("Data Analyst", "Data"), ("Legal Counsel", "Legal"),
    ("Assistant to the CEO", "Executive"), ("Digital Project Manager", "Marketing"),
    ("CTO", "Engineering"), ("Intern", "Marketing"), ("Customer Success Manager", "Success"),
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """One element per person of a chunk, visitors (persons of no account) included.

    `account` is a position in the chunk's Accounts, NEVER for visitors; `number` is unique over
    all chunks; `joined` is when the person appears; `known` is filled by the visits module.
    """

    account: np.ndarray
    slot: np.ndarray
    number: np.ndarray
    joined: np.ndarray
    country: np.ndarray
    is_female: np.ndarray
    title: np.ndarray
    opens_mail: np.ndarray
    prefetches: np.ndarray
    has_two_devices: np.ndarray
    shares_office_device: np.ndarray
    logs_in: np.ndarray
    identifies: np.ndarray
    identifies_at_once: np.ndarray
    address_kind: np.ndarray
    first_name: pa.Array
    last_name: pa.Array
    email: pa.Array
    variant: pa.Array
    phone: pa.Array
    known: np.ndarray

    def __len__(self) -> int:
        return len(self.account)

    def with_known(self, known: np.ndarray) -> People:
        """The same persons with the moment each became known on the web (NEVER if not)."""
        return replace(self, known=known)

    @property
    def is_visitor(self) -> np.ndarray:
        return self.account < 0

    @property
    def true_ids(self) -> Texts:
        return join("P", numerals(self.number, width=9))


BUSINESS, FREE, DISPOSED = range(3)


def make_people(
    accounts: Accounts, *, span: Span, pools: Pools, rng: np.random.Generator
) -> People:
    """3 to 10 persons a company, one a household, and two passing visitors an account."""
    sizes = np.where(accounts.is_b2b, 3 + rng.binomial(7, 0.36, len(accounts)), 1)
    account, slot = expand(sizes)
    passing = np.repeat(np.arange(len(accounts)), VISITORS)
    near = np.r_[account, passing]
    account = np.r_[account, np.full(len(passing), NEVER)]
    slot = np.r_[slot, VISITOR_SLOT - np.arange(len(passing)) % VISITORS]
    count, is_visitor = len(account), account < 0
    b2b = accounts.is_b2b[near] & ~is_visitor
    country = accounts.country[near]
    first, female, last, first_plain, last_plain = _names(accounts, near, slot, country, pools, rng)
    number = accounts.index[near] * SLOTS + slot
    kind = np.where(b2b, draw(rng, (0.95, 0.045, 0.005), count), 1 + (rng.random(count) < 0.02))
    email = _addresses(accounts, near, number, b2b, kind, first_plain, last_plain)
    office = (sizes >= 8) & (rng.random(len(accounts)) < 0.5)
    newcomer = ~b2b & (accounts.story[near] == NEWCOMER)
    return People(
        account=account, slot=slot, number=number,
        joined=_joined(accounts, near, slot, is_visitor, span, rng),
        country=country, is_female=female, title=rng.integers(0, len(TITLES), count),
        opens_mail=rng.beta(2, 5, count), prefetches=rng.random(count) < 0.35,
        has_two_devices=~newcomer & (rng.random(count) < 0.25),
        shares_office_device=b2b & office[near],
        logs_in=~(b2b & office[near]) & (rng.random(count) < np.where(b2b, 0.3, 0.8)),
        identifies=~is_visitor & (newcomer | (rng.random(count) < np.where(b2b, 0.78, 0.9))),
        identifies_at_once=newcomer, address_kind=kind,
        first_name=first, last_name=last, email=email,
        variant=_variants(email, rng),
        phone=phone_numbers(number, country),
        known=np.full(count, NEVER),
    )  # fmt: skip


def _joined(
    accounts: Accounts, near: np.ndarray, slot: np.ndarray, is_visitor: np.ndarray,
    span: Span, rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """The first person opens the journey, the others appear within its first 70 %."""
    share = np.where(slot == 0, 0.0, rng.uniform(0.02, 0.7, len(near)))
    opened, ended = accounts.opened[near], accounts.ended[near]
    passing = span.first + (rng.random(len(near)) * (span.end - span.first - DAY)).astype(int)
    return np.where(is_visitor, passing, opened + ((ended - opened) * share).astype(int))


def _names(
    accounts: Accounts, near: np.ndarray, slot: np.ndarray, country: np.ndarray,
    pools: Pools, rng: np.random.Generator,
) -> tuple[pa.Array, np.ndarray, pa.Array, pa.Array, pa.Array]:  # fmt: skip
    """First and last names with their plain forms; last names differ within one domain."""
    firsts = [name for names in pools.first_names for name in names]
    lasts = [name for names in pools.last_names for name in names]
    women = np.array([flag for flags in pools.first_is_female for flag in flags])
    first_from = np.cumsum([0, *map(len, pools.first_names)])
    last_from = np.cumsum([0, *map(len, pools.last_names)])
    sizes = np.diff(first_from)[country], np.diff(last_from)[country]
    head = np.where(accounts.parent >= 0, accounts.index[accounts.parent], accounts.index)[near]
    step = slot + np.where(accounts.parent[near] >= 0, SLOTS, 0)
    first = first_from[country] + rng.integers(0, 1 << 30, len(near)) % sizes[0]
    last = last_from[country] + (head * 7919 + step * 37) % sizes[1]
    return (
        take(firsts, first), women[first], take(lasts, last),
        take([plain(name) for name in firsts], first), take([plain(name) for name in lasts], last),
    )  # fmt: skip


def _addresses(
    accounts: Accounts, near: np.ndarray, number: np.ndarray, b2b: np.ndarray, kind: np.ndarray,
    first: pa.Array, last: pa.Array,
) -> pa.Array:  # fmt: skip
    """first.last@company for colleagues; first.last.<number>@provider for the rest."""
    private = join(first, ".", last, ".", numerals(number))
    local = where(b2b & (kind == BUSINESS), join(first, ".", last), private)
    provider = take(FREE_MAIL, np.where(kind == FREE, number * 31 // SLOTS % len(FREE_MAIL), 0))
    provider = where(kind == DISPOSED, take(DISPOSABLE, number % len(DISPOSABLE)), provider)
    return join(local, "@", where(kind == BUSINESS, take(accounts.domain, near), provider))


def _variants(email: pa.Array, rng: np.random.Generator) -> pa.Array:
    """How the person sometimes writes the same address: other case, or a plus tag."""
    style = draw(rng, (0.7, 0.15, 0.15), len(email))
    tagged = pc.replace_substring(email, "@", "+news@")
    shouted = pc.utf8_upper(email)
    return where(style == 0, email, where(style == 1, shouted, tagged))


def phone_numbers(line: np.ndarray, country: np.ndarray) -> pa.Array:
    """A phone number per line, all different, in the usual shape of the line's country."""
    code = take([place.dial for place in COUNTRIES], country)
    areas = [area for place in COUNTRIES for area in place.area_codes]
    area = take(areas, country * 6 + line % 6)
    texts = numerals(2_000_000 + line // 6 * 4_999_999 % 7_900_000)
    parted = join(pc.utf8_slice_codeunits(texts, 0, 3), " ", pc.utf8_slice_codeunits(texts, 3, 7))
    return join(code, " ", area, " ", parted)


def device_ids(number: np.ndarray, device: np.ndarray) -> Texts:
    """The anonymous id of a device: 0 and 1 are a person's own, 2 is the office's."""
    owner = np.where(device == 2, number // SLOTS * SLOTS + SLOTS - 1, number)
    return hex_ids("anon_", owner * 4 + device, salt=21)


def writes_variant(number: np.ndarray) -> np.ndarray:
    """Whether a person writes the variant of the address into forms: one in three does."""
    return mix(number, salt=41) % np.uint64(3) == 0


def hashes_email(number: np.ndarray) -> np.ndarray:
    """Whether the log-ins of a person send a hash instead of the address: about one in eleven."""
    return (number % 9 == 4) & (number % 5 != 3)


def hashed_emails(people: People) -> pa.Array:
    """SHA-256 of the address of each person whose log-ins send it hashed; null for others."""
    hashes = np.full(len(people), None, dtype=object)
    for row in np.flatnonzero(hashes_email(people.number)):
        hashes[row] = sha256(people.email[row].as_py().encode()).hexdigest()
    return pa.array(hashes, pa.string())
