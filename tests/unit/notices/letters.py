"""Letters as the golden files show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import ContactCard, Domain, Language
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.letter import Block, Entry, Letter, Section

NURSE = ContactCard(
    organisation="GGD Regio Utrecht",
    domain=Domain.YOUTH_HEALTH_CARE,
    name="P. de Wit",
    function="Jeugdverpleegkundige",
    site="Overvecht",
    email="p.dewit@ggd.example",
    telephone="+31307654321",
)
DEBT_ADVISER = ContactCard(
    organisation="Gemeente Utrecht",
    domain=Domain.WORK_AND_INCOME,
    name="Zoë Şahin",
    function=None,
    site=None,
    email="z.sahin@utrecht.example",
    telephone=None,
)
CONTACT_POINT = ContactCard(
    organisation="Contactpunt Zorg en Gezin",
    domain=None,
    name=None,
    function=None,
    site=None,
    email="contactpunt@zorg.example",
    telephone="+31881234567",
)


def make_block(*cards: ContactCard, **changes: Any) -> Block:
    """A person match with these cards since 22 November 2026."""
    values: dict[str, Any] = {
        "told": NoticeKind.STARTED,
        "kind": MatchKind.PERSON,
        "match_key": "M-4TZ9-K3WD-7",
        "entries": tuple(Entry(card=card, day=date(2026, 11, 22)) for card in cards),
    }
    return Block(**{**values, **changes})


def make_letter(*sections: Section, **changes: Any) -> Letter:
    """A letter to a teacher."""
    values: dict[str, Any] = {
        "to": "j.jansen@regenboog.example",
        "name": "J. Jansen",
        "language": Language.DUTCH,
        "sections": sections,
        "notice_ids": ("lo-1.1.STARTED.00000000",),
    }
    return Letter(**{**values, **changes})


def own(*blocks: Block, number: str = "S-7KQ4-M2XD", reference: str = "LVS-2026-00017") -> Section:
    """A case of the receiver's own."""
    return Section(number=number, reference=reference, blocks=blocks)


ALL_KINDS = (
    own(
        make_block(NURSE, DEBT_ADVISER),
        make_block(CONTACT_POINT, kind=MatchKind.HOUSEHOLD, match_key="M-8HRC-2PQX-K"),
    ),
    own(
        make_block(DEBT_ADVISER, told=NoticeKind.ENDED),
        make_block(NURSE, told=NoticeKind.ENDED, kind=MatchKind.HOUSEHOLD, match_key="M-8HRC-2PQX-K"),
        number="S-8888-8888",
        reference="LVS-2026-00018",
    ),
)
SUPERVISED = Section(number=None, reference=None, blocks=(make_block(NURSE, CONTACT_POINT),))
SUPERVISED_HOUSEHOLD = Section(
    number=None, reference=None, blocks=(make_block(NURSE, CONTACT_POINT, kind=MatchKind.HOUSEHOLD),)
)
LETTERS = {
    "all-kinds": make_letter(*ALL_KINDS),
    "ended": make_letter(own(make_block(NURSE, told=NoticeKind.ENDED))),
    "supervisor": make_letter(SUPERVISED),
    "supervisor-household": make_letter(SUPERVISED_HOUSEHOLD),
}
