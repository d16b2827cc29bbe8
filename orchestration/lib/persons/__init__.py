"""Persons through time: which id became which, as far as it was ever published."""

from orchestration.lib.persons.memory import recall_persons, remember_persons

__all__ = ["recall_persons", "remember_persons"]
