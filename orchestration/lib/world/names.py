"""Pools of names, drawn once from Faker with a fixed seed: people, cities, company words, goods."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from faker import Faker


@dataclass(frozen=True)
class Country:
    """One country of the world: its Faker locale and the habits that depend on it."""

    code: str
    locale: str
    language: str
    timezone: str
    region: str
    currency: str
    domain_ending: str
    legal_form: str
    dial: str
    area_codes: tuple[str, ...]
    weight: float


COUNTRIES = (
    Country(
        "US",
        "en_US",
        "en",
        "America/New_York",
        "North America",
        "USD",
        "com",
        "Inc.",
        "+1",
        ("202", "212", "312", "415", "617", "713"),
        0.26,
    ),
    Country(
        "DE",
        "de_DE",
        "de",
        "Europe/Berlin",
        "Europe",
        "EUR",
        "de",
        "GmbH",
        "+49",
        ("30", "40", "69", "89", "211", "221"),
        0.27,
    ),
    Country(
        "GB",
        "en_GB",
        "en",
        "Europe/London",
        "Europe",
        "GBP",
        "co.uk",
        "Ltd",
        "+44",
        ("113", "114", "115", "116", "117", "118"),
        0.19,
    ),
    Country(
        "FR",
        "fr_FR",
        "fr",
        "Europe/Paris",
        "Europe",
        "EUR",
        "fr",
        "SARL",
        "+33",
        ("1", "2", "3", "4", "5", "6"),
        0.1,
    ),
    Country(
        "NL",
        "nl_NL",
        "nl",
        "Europe/Amsterdam",
        "Europe",
        "EUR",
        "io",
        "B.V.",
        "+31",
        ("10", "20", "30", "40", "50", "70"),
        0.1,
    ),
    Country(
        "ES",
        "es_ES",
        "es",
        "Europe/Madrid",
        "Europe",
        "EUR",
        "com",
        "S.L.",
        "+34",
        ("91", "93", "94", "95", "96", "98"),
        0.08,
    ),
)

COMPANY_WORDS = (
    "Robotics", "Foods", "Logistics", "Software", "Media", "Textiles", "Energy", "Optics",
    "Health", "Finance", "Analytics", "Packaging", "Marine", "Mobility", "Pharma", "Tools",
    "Travel", "Security", "Metals", "Lighting", "Education", "Chemicals", "Networks", "Design",
    "Farming", "Ceramics", "Electronics", "Furniture", "Insurance", "Plastics", "Printing",
    "Recycling", "Sensors", "Shipping", "Staffing", "Studios", "Systems", "Timber", "Trading",
    "Water",
)  # fmt: skip
INDUSTRIES = (
    "Manufacturing", "Food", "Logistics", "Software", "Media", "Retail", "Energy",
    "Healthcare", "Financial services", "Education",
)  # fmt: skip


@dataclass(frozen=True)
class Pools:
    """Names per country (lists in the order of COUNTRIES) and words for company names."""

    first_names: tuple[tuple[str, ...], ...]
    first_is_female: tuple[tuple[bool, ...], ...]
    last_names: tuple[tuple[str, ...], ...]
    cities: tuple[tuple[str, ...], ...]
    company_heads: tuple[str, ...]


@cache
def plain(text: str) -> str:
    """Lower-case ASCII letters and digits of a name, as it would stand in an address."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    return "".join(letter for letter in folded.lower() if letter.isascii() and letter.isalnum())


def _unique(make, wanted: int) -> tuple[str, ...]:
    """The first `wanted` different values a Faker method gives whose plain forms differ too."""
    found: dict[str, str] = {}
    for _ in range(wanted * 6):
        value = make()
        found.setdefault(plain(value), value)
        if len(found) == wanted:
            break
    return tuple(found.values())


@lru_cache(maxsize=4)
def pools(seed: int) -> Pools:
    """All pools for a seed; the same seed gives the same names."""
    first_names, female, last_names, cities = [], [], [], []
    heads: dict[str, str] = {}
    for number, country in enumerate(COUNTRIES):
        fake = Faker(country.locale, use_weighting=False)
        fake.seed_instance(seed * 100 + number)
        women = _unique(fake.first_name_female, 70)
        men = tuple(name for name in _unique(fake.first_name_male, 70) if name not in women)
        first_names.append(women + men)
        female.append((True,) * len(women) + (False,) * len(men))
        last_names.append(_unique(fake.last_name, 331))
        cities.append(_unique(fake.city, 40))
        for name in last_names[-1]:
            heads.setdefault(plain(name), name)
    shuffled = np.random.default_rng([seed, 11]).permutation(len(heads))
    names = list(heads.values())
    return Pools(
        tuple(first_names),
        tuple(female),
        tuple(last_names),
        tuple(cities),
        tuple(names[place] for place in shuffled),
    )
