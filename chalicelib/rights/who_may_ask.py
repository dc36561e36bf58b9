"""Who may file a request, by the age of the youth: as whom to inform (D30, D31)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from chalicelib.domain.dates import birthday
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import RequesterRole
from chalicelib.matching.records import PartialDate

_DECEMBER: Final = 12


def may_ask(role: RequesterRole, born: PartialDate | None, on: date, legal: LegalProfile) -> bool:
    """Whether somebody in this role may ask on a day.

    The youth from 12, the legal representative until 16. Of an incomplete birth date, or none, whoever
    may be entitled is: nobody's right ends at what an organisation does not know.
    """
    if born is None:
        return True
    if role is RequesterRole.YOUTH:
        return birthday(born, legal.informs_youth_from) <= on
    return birthday(_latest(born), legal.informs_youth_alone_from) > on


def _latest(born: PartialDate) -> PartialDate:
    """The last day that an incomplete birth date may mean."""
    month = born.month or _DECEMBER
    return PartialDate(born.year, month, born.day or monthrange(born.year, month)[1])
