"""The one kind of error a user sees: what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence


class TouchlineError(Exception):
    """An error meant to be read: `what` happened, `where`, the `remedy`; `also` other findings."""

    def __init__(self, what: str, where: str, remedy: str, *, also: Sequence[str] = ()) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy
        self.also = tuple(also)

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  remedy: {self.remedy}"


class SettingsError(TouchlineError):
    """A setting is unknown or has a value that cannot be used."""


class HomeError(TouchlineError):
    """The home folder cannot be used as it is."""


class HomeBusyError(HomeError):
    """Another run holds the home."""


class ContractError(TouchlineError):
    """A file of raw_checks does not say what it must."""


class LandingError(TouchlineError):
    """Landing stopped for want of memory or disk; what was landed stays."""
