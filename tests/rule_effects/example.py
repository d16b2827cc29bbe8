"""The rule changes of the docs page, and what they move: `python -m tests.rule_effects.example`."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.lib.building import manifest_path
from orchestration.lib.building.increments import close_books
from orchestration.lib.building.project import PROJECT
from orchestration.lib.fingerprint import fingerprint
from orchestration.lib.rule_effects.basing import build_facts
from orchestration.lib.rule_effects.diffing import RuleDiff, rules_diff
from orchestration.lib.rule_effects.telling import as_markdown
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, record_step
from orchestration.lib.running.steps import publish_home
from tests.docs.pages import ACCOUNTS
from tests.homes import Home, landed_world

PAGE = PROJECT / "docs" / "rule_changes.md"
FENCE = "````"
# what a marketer may want of the generated world, as rows of `<home>/rules`
CHANGED_RULES = {
    "channel_rules": (
        "rule_id,scope,clause,attribute,operator,value_text,result,priority,is_active,rule_version\n"
        "partner_mail,landing,1,source,contains,partner,affiliates,45,true,1\n"
    ),
    "icp_criteria": (
        "rule_id,criterion_id,clause,attribute,operator,value_number,points,is_exclusion,priority,"
        "motion,is_active,rule_version\n"
        "size_core,company_size,1,employee_count,at_least,100,25,false,10,b2b,true,2\n"
        "size_core,company_size,2,employee_count,at_most,500,25,false,10,b2b,true,2\n"
    ),
    "stage_rules": (
        "rule_id,stage,signal,count_of,min_count,window_days,delay_days,priority,motion,is_active,"
        "rule_version\n"
        "consideration_b2b_people,consideration,activity,persons,3,30,0,10,b2b,true,2\n"
    ),
    "segment_rules": (
        "rule_id,scope,clause,attribute,operator,value_text,result,priority,is_active,rule_version\n"
        "case_study_fit,segment,1,stage,in,consideration|decision,case_study,1,true,2\n"
        "case_study_fit,segment,2,icp_tier,in,a|b,case_study,1,true,2\n"
        "case_study_fit,segment,3,content_read_30d,is_not,case_study,case_study,1,true,2\n"
    ),
}


def publish_as_a_run(home: Home) -> None:
    """Record the build that lies there as a run does, and publish it."""
    settings = home.settings
    manifest_path(settings)
    facts = {"as_of": home.as_of.isoformat(), "parts": fingerprint(settings)}
    record_step(settings, BUILD_STARTED, **facts, **build_facts(settings))
    close_books(settings)
    record_step(settings, BUILD_FINISHED, **facts)
    publish_home(settings, place=settings, as_of=home.as_of)


def shown(diff: RuleDiff) -> str:
    """The text as the page has it: its version and its number of models stand for any."""
    text = as_markdown(diff).replace(diff.base.run_id, "20260701T000000000000Z")
    return text.replace(f"reach {diff.models} models", "reach 172 models")


def written() -> str:
    """The text in the page's last fence."""
    return PAGE.read_text(encoding="utf-8").split(FENCE)[1].partition("\n")[2]


def write(diff: RuleDiff) -> None:
    """Refresh the page."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(FENCE)
    tail = rest.partition(FENCE)[2]
    PAGE.write_text(f"{head}{FENCE}markdown\n{shown(diff)}{FENCE}{tail}", encoding="utf-8")


def main() -> None:
    """Build the generated world, publish it, change the rules and write down what that moves."""
    parser = argparse.ArgumentParser(prog="python -m tests.rule_effects.example")
    parser.add_argument("--home", type=Path, help="a folder to keep the world in")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = landed_world((given.home or Path(folder)) / "home", accounts=ACCOUNTS)
        home.build_unchecked()
        publish_as_a_run(home)
        home.add_rules(CHANGED_RULES)
        write(rules_diff(home.settings))


if __name__ == "__main__":
    main()
