"""Whatever is sealed of a person comes back as it was."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.signal import Informed, InformedHow, InformedPerson
from chalicelib.matching.records import Address, AddressKind, Parent, PartialDate, Sex, Youth
from chalicelib.models.person import person_bytes, person_of

TEXTS = st.none() | st.text(max_size=20)
DATES = st.none() | st.builds(
    PartialDate, st.integers(1900, 2030), st.none() | st.integers(1, 12), st.none() | st.integers(1, 31)
)
ADDRESSES = st.none() | st.builds(
    Address,
    kind=st.sampled_from(AddressKind),
    postal_code=TEXTS,
    house_number=st.none() | st.integers(1, 99_999),
    house_letter=TEXTS,
    house_number_addition=TEXTS,
    street=TEXTS,
    city=TEXTS,
    municipality_code=TEXTS,
    secret=st.booleans(),
    addressable_object_id=TEXTS,
)
NAMES = dict.fromkeys(("bsn", "given_names", "initials", "surname_prefix", "surname"), TEXTS)
PARENTS = st.builds(Parent, **NAMES, birth_date=DATES)
YOUTHS = st.builds(
    Youth,
    **NAMES,
    birth_date=DATES,
    sex=st.none() | st.sampled_from(Sex),
    address=ADDRESSES,
    previous_address=ADDRESSES,
    parents=st.lists(PARENTS, max_size=3).map(tuple),
)
INFORMED = st.builds(
    Informed,
    whom=st.frozensets(st.sampled_from(InformedPerson)),
    on=st.dates(date(2000, 1, 1)),
    how=st.sampled_from(InformedHow),
)


@given(youth=st.none() | YOUTHS, informed=st.none() | INFORMED)
def test_person_record_reads_back(youth: Youth | None, informed: Informed | None) -> None:
    """Missing stays missing, and every letter stays."""
    assert person_of(person_bytes(youth, informed)) == (youth, informed)
