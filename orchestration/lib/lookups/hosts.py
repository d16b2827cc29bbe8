"""What the public suffix list and the list of mail providers say of a host."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import ClassVar

import tldextract

from orchestration.lib.lookups.providers import DISPOSABLE, FREE, Providers


class Hosts:
    """The lookup of hosts, by one list of mail providers."""

    COLUMNS: ClassVar = {
        "host": "varchar",
        "registrable_domain": "varchar",
        "is_free_mail": "boolean",
        "is_disposable": "boolean",
    }

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    def library_version(self) -> str:
        """Versions of the two lists."""
        return f"tldextract {version('tldextract')} {self._providers.version}"

    def describe(self, host: str) -> tuple[str, str | None, bool, bool]:
        """(host, registrable domain or None, free mail, disposable).

        The host's own row comes before that of its domain.
        """
        domain = _extract().extract_str(host).top_domain_under_public_suffix or None
        kinds = self._providers.kinds
        kind = kinds.get(host) or kinds.get(domain or host)
        return host, domain, kind == FREE, kind == DISPOSABLE


@cache
def _extract() -> tldextract.TLDExtract:
    """The bundled list only: no network, no cache on disk."""
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )
