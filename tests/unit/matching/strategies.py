"""Random people out of few values, so that agreement, slips and contradictions all come up often."""

from __future__ import annotations

from hypothesis import strategies as st

from chalicelib.matching import Address, AddressKind, MatchRecord, Parent, PartialDate, Sex, Youth, fold

_bsns = st.none() | st.sampled_from(["999990342", "999990354", "999994724", "999990343", "123456782"])
_given_names = st.none() | st.sampled_from(
    ["Tim", "Tom", "Sebastiaan", "Bas", "S.J.", "Tim Johannes", "Ömer", "Fatima-Zahra", "Jansen"]
)
_surnames = st.none() | st.sampled_from(
    ["Meer", "van der Meer", "Meer, v.d.", "Jansen", "Janssen", "Jansen-de Vries", "Vries", "Öztürk", "Tim"]
)
_dates = st.none() | st.builds(
    PartialDate,
    st.sampled_from([2013, 2014]),
    st.none() | st.sampled_from([1, 3, 9]),
    st.none() | st.sampled_from([1, 3, 9]),
)
_addresses = st.none() | st.builds(
    Address,
    kind=st.sampled_from(AddressKind),
    postal_code=st.sampled_from([None, "3511", "3511 AB", "3511ab", "6211CD"]),
    house_number=st.sampled_from([None, 1, 12]),
    house_letter=st.sampled_from([None, "A"]),
    house_number_addition=st.sampled_from([None, "2", "A"]),
)
_parents = st.builds(Parent, bsn=_bsns, given_names=_given_names, surname=_surnames, birth_date=_dates)

youths = st.builds(
    Youth,
    bsn=_bsns,
    given_names=_given_names,
    initials=st.sampled_from([None, "T.", "S.J.", "B."]),
    surname=_surnames,
    birth_date=_dates,
    sex=st.none() | st.sampled_from(Sex),
    address=_addresses,
    previous_address=_addresses,
    parents=st.lists(_parents, max_size=2).map(tuple),
)

closures = st.lists(youths, max_size=7).map(
    lambda people: [MatchRecord(f"s{index}", fold(youth)) for index, youth in enumerate(people)]
)
