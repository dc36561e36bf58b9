"""Given names and surname in each other's fields, on records that share a birth date and little else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chalicelib.matching import Parent, PartialDate, Sex, Youth
from tests.unit.matching.hard_cases.case import ELSEWHERE, NONE, STREET, Case, apart, doubt, same


def child(given_names: str, surname: str, sex: Sex | None = Sex.FEMALE) -> Youth:
    """A child of ten of whom neither a number nor an address is known."""
    return Youth(given_names=given_names, surname=surname, birth_date=PartialDate(2015, 10, 21), sex=sex)


def boy(given_names: str, surname: str) -> Youth:
    """The same, a boy."""
    return child(given_names, surname, Sex.MALE)


FATIMA: Final = child("Fatima", "Yilmaz")
TURNED: Final = child("Yilmaz", "Fatima")
ALI: Final = boy("Ali", "Hassan")
HASSAN: Final = boy("Hassan", "Ali")
MEHMET: Final = Parent(given_names="Mehmet", surname="Yilmaz", birth_date=PartialDate(1984, 2, 11))
AHMED: Final = Parent(given_names="Ahmed", surname="Hassan", birth_date=PartialDate(1980, 1, 12))
OMAR: Final = Parent(given_names="Omar", surname="Ali", birth_date=PartialDate(1982, 5, 3))
LEILA: Final = Parent(given_names="Leila", surname="Haddad", birth_date=PartialDate(1985, 9, 30))
SAMIRA: Final = Parent(given_names="Samira", surname="Bouali", birth_date=PartialDate(1986, 12, 2))

TURNED_ROUND: Final[tuple[Case, ...]] = (
    same("turned round, without an address", FATIMA, TURNED, "nobody is registered as Yilmaz Fatima"),
    same(
        "turned round, of two rare names",
        boy("Jurriaan", "Springbeek"),
        boy("Springbeek", "Jurriaan"),
        "nobody has either name so",
    ),
    same(
        "turned round, with the father on both",
        replace(FATIMA, parents=(MEHMET,)),
        replace(TURNED, parents=(MEHMET,)),
        "that the father bears the surname makes it no other name",
    ),
    same(
        "turned round, family name first", child("Xiaoling", "Wang"), child("Wang", "Xiaoling"), "as at home"
    ),
    same(
        "turned round, with a prefix and without an address",
        boy("van der Berg", "Jurriaan"),
        replace(boy("Jurriaan", "Berg"), surname_prefix="van der"),
        "the prefix went with it",
    ),
    same(
        "turned round, with an article glued to it",
        child("Elkhattabi", "Fatima"),
        child("Fatima", "El Khattabi"),
        "one name",
    ),
    same(
        "turned round, double surname",
        child("Fatima", "Yilmaz-Demir"),
        child("Yilmaz Demir", "Fatima"),
        "both halves went",
    ),
    same(
        "turned round, half of a double surname",
        child("Fatima", "Yilmaz-Demir"),
        child("Demir", "Fatima"),
        "half is enough",
    ),
    same(
        "turned round, two given names",
        child("Fatima Zahra", "Yilmaz"),
        child("Yilmaz", "Fatima Zahra"),
        "both went",
    ),
    same(
        "turned round, one given name of two", child("Fatima Zahra", "Yilmaz"), TURNED, "the first one went"
    ),
    same(
        "turned round, the official name of a call name",
        boy("Bas", "Springbeek"),
        boy("Springbeek", "Sebastiaan"),
        "Bas is Sebastiaan",
    ),
    same(
        "turned round, the call name of an official name",
        boy("Sebastiaan", "Springbeek"),
        boy("Springbeek", "Bas"),
        "Bas is Sebastiaan",
    ),
    same(
        "turned round, a given name that seems to begin with an article",
        child("Eleonora", "Ruiter"),
        replace(child("Ruiter", "Eleonora"), sex=None),
        "El is no article here",
    ),
    same(
        "turned round, a given name that nobody listed",
        child("Vanessa", "Ruiter"),
        child("Ruiter", "Vanessa"),
        "nor is van a prefix",
    ),
    same(
        "turned round, both given names, at one address",
        replace(ALI, address=STREET),
        replace(HASSAN, address=STREET),
        "the home says so too",
    ),
    same(
        "turned round, both given names, with one parent",
        replace(ALI, address=STREET, parents=(AHMED,)),
        replace(HASSAN, address=ELSEWHERE, parents=(AHMED,)),
        "the father says so too, though his name is half of either",
    ),
    doubt("turned round, both given names", ALI, HASSAN, "cousins may bear them: either order may be right"),
    doubt(
        "turned round, both given names of Dutch boys",
        boy("Thomas", "Simon"),
        boy("Simon", "Thomas"),
        "there are families of either name",
    ),
    doubt(
        "turned round, both given names, in two cities",
        replace(ALI, address=STREET),
        replace(HASSAN, address=ELSEWHERE),
        "two boys, or one who moved",
    ),
    doubt("turned round, of another sex", FATIMA, replace(TURNED, sex=Sex.MALE), "one slip more"),
    doubt(
        "turned round, and spelt otherwise",
        boy("Jurriaan", "Springbeek"),
        boy("Springbeck", "Jurien"),
        "alike, but nothing besides the day says more",
    ),
    doubt(
        "turned round, without a birth date", FATIMA, replace(TURNED, birth_date=None), "as any name alone"
    ),
    apart(
        "one of two names turned round",
        replace(ALI, address=STREET),
        replace(boy("Hassan", "Omar"), address=ELSEWHERE),
        NONE,
        "two boys of one day who share a word",
    ),
)

TWO_CHILDREN: Final[dict[str, tuple[Youth, Youth]]] = {
    "cousins in two cities": (
        replace(ALI, address=STREET, parents=(AHMED,)),
        replace(
            HASSAN,
            address=ELSEWHERE,
            parents=(OMAR,),
        ),
    ),
    "cousins in one house": (
        replace(ALI, address=STREET, parents=(AHMED, LEILA)),
        replace(HASSAN, address=STREET, parents=(OMAR, SAMIRA)),
    ),
    "boys of one postal code": (
        replace(ALI, address=STREET),
        replace(HASSAN, address=replace(STREET, house_number=30)),
    ),
    "cousins of one city": (
        replace(ALI, address=STREET, parents=(AHMED,)),
        replace(
            HASSAN,
            address=replace(STREET, postal_code="3526KS", house_number=99, street="Europalaan"),
            parents=(OMAR,),
        ),
    ),
    "father and son, named by their fathers": (
        replace(HASSAN, birth_date=PartialDate(2004, 3, 1), address=STREET),
        replace(ALI, birth_date=PartialDate(2025, 8, 9), address=STREET),
    ),
    "father and son, one without a birth date": (
        replace(HASSAN, birth_date=None, address=STREET),
        replace(ALI, birth_date=PartialDate(2025, 8, 9), address=STREET),
    ),
    "strangers registered on the first of January": (
        replace(ALI, birth_date=PartialDate(2012, 1, 1), address=STREET),
        replace(HASSAN, birth_date=PartialDate(2012, 1, 1), address=ELSEWHERE),
    ),
    "strangers without a birth date": (
        replace(ALI, birth_date=None),
        HASSAN,
    ),
}
"""Each is called by the other's surname; none may be joined at once."""
