"""The letter by which an organisation tells a family of a signal (D2, D30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import Language, Professional
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names

LETTER: Final = "information-letter"
"""What the audit trail calls the letter, whomever it is for."""


class Audience(StrEnum):
    """To whom it is written: parents, or young people who are told themselves."""

    PARENTS = "parents"
    YOUTH = "youth"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationLetter:
    """What a letter is filled in with: it names no youth, so it can be handed to any family.

    ``professional`` is whom the family can ask, None when nobody is named. ``region_mail`` is where
    they can send what they ask about their rights.
    """

    audience: Audience
    language: Language
    organisation: str
    professional: Professional | None
    region_mail: str
    day: date
    legal: LegalProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteInformationLetter:
    """Fills the letter in with the organisation, the professional who acts, and the region's law."""

    storage: Storage
    names: Names
    clock: Clock
    region_mail: str
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, caller: Caller, audience: Audience, language: Language) -> InformationLetter:
        """The letter; that it was asked for is logged."""
        now = self.clock.now()
        entry = caller.entry(Act.LETTER_READ, LETTER, at=now, token=self.names.token())
        self.storage.audit.append(entry)
        return InformationLetter(
            audience=audience,
            language=language,
            organisation=caller.organisation.name,
            professional=self._professional(caller),
            region_mail=self.region_mail,
            day=amsterdam_day(now),
            legal=self.legal,
        )

    def _professional(self, caller: Caller) -> Professional | None:
        """Whom the family can ask: the one who acts, when there is a card of them."""
        if caller.professional_id is None:
            return None
        return self.storage.organisations.professional(caller.organisation.id, caller.professional_id)
