"""What a process that lands imports before it is forked: the library that takes seconds to load."""

from orchestration.lib.raw_checks.library import great_expectations

great_expectations()
