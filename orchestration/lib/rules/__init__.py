"""Rule tables: what the seeds declare, which rows hold in a home, and whether they can be used."""

from orchestration.lib.rules.checks import RuleProblem, RulesError, check_rules, require_sound_rules
from orchestration.lib.rules.rows import RuleRow, effective_rows
from orchestration.lib.rules.tables import RuleTable, rule_tables

__all__ = [
    "RuleProblem",
    "RuleRow",
    "RuleTable",
    "RulesError",
    "check_rules",
    "effective_rows",
    "require_sound_rules",
    "rule_tables",
]
