"""Numbers and birth dates: wrong, another's, invented, unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chalicelib.matching import PartialDate, Sex, Youth
from tests.unit.matching.hard_cases.case import (
    BARE,
    BAS,
    BOTH,
    ELSEWHERE,
    FLEUR,
    MOTHER,
    NONE,
    UNNUMBERED,
    Case,
    apart,
    doubt,
    same,
)

SISTER = replace(UNNUMBERED, given_names="Emma", sex=Sex.FEMALE, birth_date=PartialDate(2016, 7, 28))
OTHER_NUMBER = "999994712"
HERS = replace(MOTHER, bsn="999990019")

NUMBERS: Final[tuple[Case, ...]] = (
    same("only the number", BAS, Youth(bsn=BAS.bsn), "nothing speaks against it"),
    same("number with spaces", BAS, replace(BAS, bsn="9999 90 342", address=None), "as written on a card"),
    same("one wrong digit", BAS, replace(BAS, bsn="999990343"), "fails the eleven-test, and all else agrees"),
    same(
        "number of eight digits",
        replace(BAS, bsn="099990345"),
        replace(BAS, bsn="99990345"),
        "a zero was lost",
    ),
    doubt(
        "another valid number, two digits off",
        BAS,
        replace(BAS, bsn="999990354"),
        "a slip, or a twin of one name",
    ),
    doubt("a sibling's number", BAS, replace(SISTER, bsn=BAS.bsn), "the number says one child, all else two"),
    doubt(
        "a twin's number",
        BAS,
        replace(BAS, given_names="Joris"),
        "the number says one child, the given name two",
    ),
    doubt(
        "a parent's number",
        replace(BAS, bsn="999990019"),
        Youth(bsn="999990019", given_names="Kees", surname="Meer", birth_date=PartialDate(2004, 6, 14)),
        "a young father's number on his son's record",
    ),
    same(
        "the mother's number on the child, who has its own",
        BAS,
        replace(BAS, bsn=HERS.bsn, parents=(HERS, *BAS.parents[1:])),
        "the record says itself whose number it is",
    ),
    apart(
        "the mother's number on two siblings",
        replace(BAS, bsn=HERS.bsn, parents=(HERS,)),
        replace(SISTER, bsn=HERS.bsn, parents=(HERS,)),
        BOTH,
        "it makes them siblings, not one child",
    ),
    apart(
        "other numbers, one name",
        BAS,
        replace(BAS, bsn=OTHER_NUMBER, address=ELSEWHERE, parents=()),
        NONE,
        "two",
    ),
    *(
        apart(
            f"the dummy {number}",
            replace(FLEUR, bsn=number, address=None),
            replace(BAS, bsn=number),
            NONE,
            "a number that many type says nothing",
        )
        for number in ("111111110", "999999990", "123456782")
    ),
    *(
        same(
            f"the dummy {number} beside a real number",
            BAS,
            replace(BAS, bsn=number),
            "it is missing, not different",
        )
        for number in ("111111110", "999999990")
    ),
    same(
        "day and month swapped",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(2014, 9, 3)),
        "American way",
    ),
    same(
        "only the year",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(2014)),
        "incomplete, as in the BRP",
    ),
    same(
        "year and month", UNNUMBERED, replace(UNNUMBERED, birth_date=PartialDate(2014, 3)), "incomplete too"
    ),
    same(
        "a digit of the day wrong",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(2014, 3, 8)),
        "a slip",
    ),
    same(
        "registered on 1 January",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(2014, 1, 1)),
        "who does not know the day writes that one",
    ),
    apart(
        "two registered on 1 January",
        Youth(given_names="Ahmed", surname="Ali", birth_date=PartialDate(2008, 1, 1), sex=Sex.MALE),
        Youth(given_names="Abdi", surname="Ali", birth_date=PartialDate(2008, 1, 1), sex=Sex.MALE),
        NONE,
        "many share that day, and the given names differ",
    ),
    doubt(
        "one name, both registered on 1 January",
        Youth(given_names="Ahmed", surname="Ali", birth_date=PartialDate(2008, 1, 1), sex=Sex.MALE),
        Youth(given_names="Ahmed", surname="Ali", birth_date=PartialDate(2008, 1, 1), sex=Sex.MALE),
        "a common name and a day of many, and nothing else",
    ),
    same(
        "birth date missing",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=None),
        "names, address and both parents",
    ),
    same("sex miswritten", UNNUMBERED, replace(UNNUMBERED, sex=Sex.FEMALE), "one key beside the other"),
    same("sex unknown", BARE, replace(BARE, sex=None), "missing is not different"),
    apart(
        "a newborn without a name and a sister",
        Youth(surname="Meer", birth_date=PartialDate(2026, 11, 2), address=BAS.address, parents=BAS.parents),
        SISTER,
        BOTH,
        "another birth date, the same parents",
    ),
    doubt(
        "a newborn without a name",
        replace(BARE, given_names=None),
        BARE,
        "one day, one surname, one address: it, or its twin",
    ),
    apart(
        "nothing but a birth date",
        Youth(birth_date=BAS.birth_date),
        BAS,
        NONE,
        "too little to ask anybody about",
    ),
    apart("nothing but a surname", Youth(surname="Meer"), BAS, NONE, "too little"),
    doubt(
        "one name and one family, and a birth date far off",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(2010, 12, 27)),
        "parents give a name once: a date was mistaken",
    ),
    doubt(
        "one name and one mother elsewhere, and another month",
        replace(BARE, parents=(HERS,)),
        replace(BARE, parents=(HERS,), birth_date=PartialDate(2014, 11, 20), address=ELSEWHERE),
        "parents give a name once: a date was mistaken",
    ),
)
