"""Informing the family of a signal: who has to be told, and by when (D2, D30)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from chalicelib.domain.dates import birthday
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Informed, InformedPerson
from chalicelib.matching.records import PartialDate

EVERYBODY = frozenset(InformedPerson)


def who_is_informed(born: PartialDate | None, on: date, legal: LegalProfile) -> frozenset[InformedPerson]:
    """Whom the law wants told on a day: under 12 the representative, 12 to 15 both, from 16 the youth.

    Of a birth date that is not wholly known everybody counts who would have to be told on any day that
    it can be; so both, where nothing is known of it.
    """
    if born is None:
        return EVERYBODY
    told = set()
    if birthday(_latest(born), legal.informs_youth_alone_from) > on:
        told.add(InformedPerson.LEGAL_REPRESENTATIVE)
    if birthday(born, legal.informs_youth_from) <= on:
        told.add(InformedPerson.YOUTH)
    return frozenset(told)


def still_to_inform(
    informed: Informed | None, born: PartialDate | None, today: date, legal: LegalProfile
) -> frozenset[InformedPerson]:
    """Whom nobody has told yet; who had to be told is judged by the age on the day of informing."""
    if informed is None or informed.on is None:
        return who_is_informed(born, today, legal)
    return who_is_informed(born, informed.on, legal) - informed.whom


def inform_by(
    informed: Informed | None, born: PartialDate | None, *, given: date, today: date, legal: LegalProfile
) -> date | None:
    """The last day on which the family has to be told of a signal; None when it has been."""
    if not still_to_inform(informed, born, today, legal):
        return None
    return given + timedelta(days=legal.inform_within_days)


def _latest(born: PartialDate) -> PartialDate:
    """The last day that a birth date can be."""
    month = born.month or 12
    return PartialDate(born.year, month, born.day or monthrange(born.year, month)[1])
