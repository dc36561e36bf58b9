"""Example letters of fictional people, as the mails in the pictures show them."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import ContactCard, Domain, Language
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.letter import Block, Entry, Letter, Section

_NURSE = ContactCard(
    organisation="GGD Regio Utrecht",
    domain=Domain.YOUTH_HEALTH_CARE,
    name="Petra de Wit",
    function="Jeugdverpleegkundige",
    site="Consultatiebureau Overvecht",
    email="p.dewit@ggd.example",
    telephone="+31307654321",
)
_COACH = ContactCard(
    organisation="Gemeente Utrecht",
    domain=Domain.WORK_AND_INCOME,
    name="Zoë Şahin",
    function="Schulddienstverlener",
    site=None,
    email="z.sahin@utrecht.example",
    telephone="+31612345678",
)
_CONTACT_POINT = ContactCard(
    organisation="Contactpunt Zorg en Gezin",
    domain=None,
    name=None,
    function=None,
    site=None,
    email="contactpunt@zorg.example",
    telephone="+31881234567",
)
_TEACHER = ContactCard(
    organisation="Basisschool De Regenboog",
    domain=Domain.EDUCATION,
    name="Joris Jansen",
    function="Intern begeleider",
    site=None,
    email="j.jansen@regenboog.example",
    telephone="+31301234567",
)


def _letter(name: str, to: str, section: Section, language: Language = Language.DUTCH) -> Letter:
    return Letter(to=to, name=name, language=language, sections=(section,), notice_ids=("example",))


def _own(*blocks: Block) -> Section:
    return Section(number="S-7KQ4-M2XD", reference="LVS-2026-00017", blocks=blocks)


def _block(
    kind: MatchKind, key: str, *cards: ContactCard, told: NoticeKind = NoticeKind.STARTED, day: int = 22
) -> Block:
    entries = tuple(Entry(card=card, day=date(2026, 11, day)) for card in cards)
    return Block(told=told, kind=kind, match_key=key, entries=entries)


_TO_TEACHER = ("Joris Jansen", "j.jansen@regenboog.example")
_MATCH = _own(_block(MatchKind.PERSON, "M-4TZ9-K3WD-7", _NURSE, _COACH))
_HOUSEHOLD = _own(_block(MatchKind.HOUSEHOLD, "M-8HRC-2PQX-K", _CONTACT_POINT))
_ENDED = _own(_block(MatchKind.PERSON, "M-4TZ9-K3WD-7", _COACH, told=NoticeKind.ENDED, day=29))
_WATCHED = Section(
    number=None, reference=None, blocks=(_block(MatchKind.PERSON, "M-4TZ9-K3WD-7", _TEACHER, _NURSE),)
)

LETTERS = {
    "mail-match-nl": _letter(*_TO_TEACHER, _MATCH),
    "mail-household-nl": _letter(*_TO_TEACHER, _HOUSEHOLD),
    "mail-ended-nl": _letter(*_TO_TEACHER, _ENDED),
    "mail-supervisor-nl": _letter("Noor van Dam", "regie@utrecht.example", _WATCHED),
    "mail-match-en": _letter(*_TO_TEACHER, _MATCH, language=Language.ENGLISH),
}
