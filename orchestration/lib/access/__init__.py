"""All that is known of one person, wherever it lies."""

from orchestration.lib.access.finding import Person, find_person
from orchestration.lib.access.telling import Known, all_known, write_known

__all__ = ["Known", "Person", "all_known", "find_person", "write_known"]
