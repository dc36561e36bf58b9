"""Who may file a request, by the age of the youth: those who are told of a signal (D30, D31)."""

from __future__ import annotations

from datetime import date
from typing import Final

from chalicelib.domain.informing import who_is_informed
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import RequesterRole
from chalicelib.domain.signal import InformedPerson
from chalicelib.matching.records import PartialDate

_PERSON: Final = {
    RequesterRole.YOUTH: InformedPerson.YOUTH,
    RequesterRole.LEGAL_REPRESENTATIVE: InformedPerson.LEGAL_REPRESENTATIVE,
}


def may_ask(role: RequesterRole, born: PartialDate | None, on: date, legal: LegalProfile) -> bool:
    """Whether somebody in this role may ask on a day.

    The youth from 12, the legal representative until 16. Of an incomplete birth date, or none, whoever
    may be entitled is: nobody's right ends at what an organisation does not know.
    """
    return _PERSON[role] in who_is_informed(born, on, legal)
