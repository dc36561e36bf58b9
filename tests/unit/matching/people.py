"""People of the matcher's tests, complete, so that each test changes only what it is about."""

from __future__ import annotations

from chalicelib.matching import (
    Address,
    MatchingProfile,
    MatchRecord,
    Parent,
    PartialDate,
    Sex,
    Youth,
    default_model,
    fold,
)

MODEL = default_model()
PROFILE = MatchingProfile()
HOME = Address(postal_code="3511 AB", house_number=12, house_letter="A", house_number_addition="2")
MOTHER = Parent(bsn="999994724", given_names="Anna", surname="Bakker", birth_date=PartialDate(1985, 1, 2))
TIM = Youth(
    bsn="999990342",
    given_names="Tim Johannes",
    surname_prefix="van der",
    surname="Meer",
    birth_date=PartialDate(2014, 3, 9),
    sex=Sex.MALE,
    address=HOME,
    parents=(MOTHER,),
)


def record(signal_id: str, youth: Youth) -> MatchRecord:
    """A signal about ``youth``, folded."""
    return MatchRecord(signal_id, fold(youth))
