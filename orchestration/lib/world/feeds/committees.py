"""The table opportunity_contacts: who plays which part in a deal."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import Columns, ranks, take
from ..people import TITLES
from .standing import Standing

_ROLES = ("economic_buyer", "decision_maker", "champion", "technical_evaluator", "end_user",
          "procurement", "legal", "influencer", "blocker")  # fmt: skip
_ROLE_OF_TITLE = {
    "Head of Operations": "champion", "Chief Executive Officer": "economic_buyer",
    "Software Engineer": "technical_evaluator", "Procurement Manager": "procurement",
    "Marketing Director": "decision_maker", "VP Finance": "economic_buyer",
    "IT Manager": "technical_evaluator", "Geschäftsführer": "economic_buyer",
    "Data Analyst": "end_user", "Legal Counsel": "legal", "Assistant to the CEO": "influencer",
    "Digital Project Manager": "champion", "CTO": "technical_evaluator", "Intern": "end_user",
    "Customer Success Manager": "end_user",
}  # fmt: skip
MOST = 5


def committee_table(stand: Standing) -> Columns:
    """One row per deal, contact and role; the first contact of a deal is its primary one.

    A deal in eleven has nobody, and a few people play a second part, as a blocker.
    """
    deals, people = stand.life.deals, stand.life.people
    created = stand.life.records.contact_created
    contacts = np.flatnonzero((created >= 0) & stand.is_company & (stand.known_from >= 0))
    closed = np.where(deals.closed >= 0, deals.closed, stand.span.end)
    deal, contact = np.nonzero(
        (deals.account[:, None] == people.account[contacts][None, :])
        & (created[contacts][None, :] < closed[:, None])
    )
    person = contacts[contact]
    place = ranks(deal, people.slot[person])[0]
    keeps = (place < MOST) & (stand.life.accounts.index[deals.account[deal]] % 11 != 7)
    deal, person, place = deal[keeps], person[keeps], place[keeps]
    codes = np.array([_ROLES.index(_ROLE_OF_TITLE[title]) for title, _ in TITLES])
    blocks = np.flatnonzero((people.number[person] % 23 == 4) & (place > 0))
    role = np.r_[codes[people.title[person]], np.full(len(blocks), _ROLES.index("blocker"))]
    deal, person = np.r_[deal, deal[blocks]], np.r_[person, person[blocks]]
    first = np.r_[place == 0, np.zeros(len(blocks), bool)]
    order = np.lexsort((role, person, deal))
    return {
        "opportunity_id": take(deals.ids, deal[order]),
        "contact_id": take(stand.life.records.contact_id, person[order]),
        "role": take(_ROLES, role[order]),
        "is_primary": pa.array(np.where(first[order], "true", "false"), pa.string()),
    }
