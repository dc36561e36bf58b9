"""Names as they are written, misheard, shortened and changed."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that look alike are the point
from dataclasses import replace
from typing import Final

from chalicelib.matching import PartialDate, Sex, Youth
from tests.unit.matching.hard_cases.case import (
    BARE,
    BAS,
    ELSEWHERE,
    NONE,
    STREET,
    UNNUMBERED,
    Case,
    apart,
    doubt,
    same,
)


def child(given_names: str, surname: str, sex: Sex = Sex.FEMALE) -> Youth:
    """A child of ten in Utrecht, without a number or parents."""
    return Youth(
        given_names=given_names,
        surname=surname,
        birth_date=PartialDate(2015, 10, 21),
        sex=sex,
        address=STREET,
    )


def boy(given_names: str, surname: str) -> Youth:
    """The same, a boy."""
    return child(given_names, surname, Sex.MALE)


NAMES: Final[tuple[Case, ...]] = (
    same("ij and y", child("Yvonne", "Dijkstra"), child("Yvonne", "Dykstra"), "one letter in Dutch"),
    same("ij in the given name", boy("Thijs", "Bos"), boy("Thys", "Bos"), "one letter in Dutch"),
    same(
        "prefix inside the surname",
        BARE,
        replace(BARE, surname_prefix=None, surname="van der Meer"),
        "as spoken",
    ),
    same("prefix shortened", BARE, replace(BARE, surname_prefix="v.d."), "v.d. is van der"),
    same(
        "prefix behind a comma",
        BARE,
        replace(BARE, surname_prefix=None, surname="Meer, van der"),
        "as in lists",
    ),
    same("prefix left out", BARE, replace(BARE, surname_prefix=None), "systems that cannot store it"),
    same("prefix glued", BARE, replace(BARE, surname_prefix=None, surname="Vandermeer"), "the Flemish way"),
    same("apostrophe of a prefix", boy("Daan", "'t Hart"), boy("Daan", "’t Hart"), "two signs, one name"),
    same("capitals only", BARE, replace(BARE, given_names="SEBASTIAAN", surname="MEER"), "old systems"),
    same(
        "double surname halved",
        child("Noor", "Visser-de Wit"),
        child("Noor", "Visser"),
        "half of it is enough",
    ),
    same(
        "double surname, other half",
        child("Noor", "Visser-de Wit"),
        child("Noor", "de Wit"),
        "or the other half",
    ),
    same(
        "double surname turned", child("Noor", "Visser-Smit"), child("Noor", "Smit-Visser"), "same two halves"
    ),
    same(
        "comma below", boy("Andrei", "Ștefănescu"), boy("Andrei", "Stefanescu"), "Romanian Ș without its mark"
    ),
    same("cedilla", boy("Emre", "Şahin"), boy("Emre", "Sahin"), "Turkish ş"),
    same("soft g", child("Elif", "Yıldırımoğlu"), child("Elif", "Yildirimoglu"), "ğ and dotless i"),
    same("barred l", boy("Jakub", "Wałęsa"), boy("Jakub", "Walesa"), "Polish ł has no decomposition"),
    same("slashed o", child("Freja", "Sørensen"), child("Freja", "Sorensen"), "Danish ø"),
    same("sharp s", boy("Lukas", "Weiß"), boy("Lukas", "Weiss"), "German ß is ss"),
    same("umlaut", boy("Jonas", "Müller"), boy("Jonas", "Muller"), "an umlaut lost"),
    same(
        "Ukrainian by two tables", boy("Oleksandr", "Shevchenko"), boy("Oleksandr", "Sjevtsjenko"), "sh is sj"
    ),
    same(
        "Moroccan by ear",
        boy("Mohammed", "El Khattabi"),
        boy("Mohamed", "Elkhattabi"),
        "article and doubling",
    ),
    same("Muhammad in many ways", boy("Muhammed", "Yılmaz"), boy("Mohammed", "Yilmaz"), "one name"),
    same("Yusuf and Youssef", boy("Youssef", "Amrani"), boy("Yousef", "Amrani"), "one name by ear"),
    same("call name", BARE, replace(BARE, given_names="Bas"), "Bas is Sebastiaan"),
    same("call name of a girl", child("Elisabeth", "Bos"), child("Lies", "Bos"), "Lies is Elisabeth"),
    same(
        "call name of a second name", BARE, replace(BARE, given_names="Johannes"), "a later name may be used"
    ),
    same(
        "initials only",
        UNNUMBERED,
        replace(UNNUMBERED, given_names=None, initials="S.J."),
        "both fit, with parents",
    ),
    same(
        "initials in the field of names", UNNUMBERED, replace(UNNUMBERED, given_names="S.J."), "written there"
    ),
    same(
        "an initial of two letters",
        replace(UNNUMBERED, given_names="Theodorus Adrianus"),
        replace(UNNUMBERED, given_names=None, initials="Th.A."),
        "Th. is one initial",
    ),
    same(
        "an initial before the name that is used",
        replace(UNNUMBERED, given_names="Johannes Pepijn"),
        replace(UNNUMBERED, given_names="J. Pepijn"),
        "as families do who call by the second name",
    ),
    same(
        "given names in another order", BARE, replace(BARE, given_names="Johannes Sebastiaan"), "the same two"
    ),
    same(
        "hyphenated given name",
        child("Anne-Sophie", "Bos"),
        child("Anne Sophie", "Bos"),
        "a hyphen is a space",
    ),
    same(
        "hyphen lost altogether", child("Fatima-Zahra", "Aydin"), child("Fatimazahra", "Aydin"), "or nothing"
    ),
    same("one slip in the given name", child("Charlotte", "Bos"), child("Charlote", "Bos"), "no other name"),
    same(
        "one slip in the surname",
        child("Charlotte", "Zuidema"),
        child("Charlotte", "Zuidma"),
        "a letter lost",
    ),
    same(
        "surname after adoption",
        BAS,
        replace(BAS, surname_prefix=None, surname="Willemsen", address=ELSEWHERE, parents=()),
        "the number stays, and given names and birth date with it",
    ),
    same(
        "surname after recognition",
        UNNUMBERED,
        replace(UNNUMBERED, surname_prefix=None, surname="Bakker"),
        "the mother's name before the father's, at one address",
    ),
    same(
        "parents' names the same",
        UNNUMBERED,
        replace(UNNUMBERED, address=None),
        "names, birth date and parents",
    ),
    doubt(
        "two names that sound alike, of two surnames",
        child("Lisa", "Bos"),
        child("Liza", "Bakker"),
        "one day and one address: perhaps one girl under two surnames",
    ),
    doubt(
        "surname after recognition, moved",
        BARE,
        replace(BARE, surname_prefix=None, surname="Bakker", address=ELSEWHERE),
        "equal given names and birth date, but nothing of the family",
    ),
    apart(
        "namesakes in two cities",
        boy("Mohamed", "Yilmaz"),
        replace(boy("Mohamed", "Yilmaz"), birth_date=PartialDate(2012, 1, 30), address=ELSEWHERE),
        NONE,
        "a common name is no evidence against another birth date",
    ),
    same(
        "a call name of its own beside the official initials",
        replace(boy("Stan", "Bos"), initials="J.P.M."),
        boy("Johannes Petrus Maria", "Bos"),
        "three initials agree, and they are not those of Stan",
    ),
    same(
        "called by a form of the third name",
        child("Anna Maria Elisabeth", "Bos"),
        child("Liesbeth", "Bos"),
        "Liesbeth is Elisabeth",
    ),
    same("initials without stops", boy("JW", "Bos"), boy("Jan-Willem", "Bos"), "nobody can say JW"),
    doubt(
        "an initial of the official name",
        replace(boy("", "Bos"), initials="A."),
        boy("Bram", "Bos"),
        "Bram may be Abraham; or A. is his twin",
    ),
    doubt(
        "initials of a boy called by his second name",
        replace(boy("", "Bos"), initials="J.P."),
        boy("Pieter", "Bos"),
        "Jan Pieter is called Pieter; or they are twins",
    ),
    doubt(
        "one first name and two second names",
        boy("Mohamed Amin", "Bouali"),
        boy("Mohamed Ali", "Bouali"),
        "brothers may share the first, and twins are named so",
    ),
    doubt(
        "a hyphen and two second names",
        child("Anne-Marie", "Bos"),
        child("Anne-Sophie", "Bos"),
        "twins are named so, or one was mistaken",
    ),
    same(
        "the second name in two spellings",
        boy("Mohamed Amine", "Bouali"),
        boy("Mohamed Amin", "Bouali"),
        "one name",
    ),
    same(
        "given names and surname turned round, with a prefix",
        boy("van der Berg", "Jurriaan"),
        replace(boy("Jurriaan", "Berg"), surname_prefix="van der"),
        "each stands in the other's field",
    ),
    same(
        "the whole name in the field of the surname, as in a list",
        Youth(
            surname="Springbeek, Jurriaan", birth_date=PartialDate(2015, 10, 21), sex=Sex.MALE, address=STREET
        ),
        boy("Jurriaan", "Springbeek"),
        "the given name is there",
    ),
    same(
        "the whole name in the field of the surname, with a prefix",
        Youth(
            surname="Jurriaan van der Berg",
            birth_date=PartialDate(2015, 10, 21),
            sex=Sex.MALE,
            address=STREET,
        ),
        replace(boy("Jurriaan", "Berg"), surname_prefix="van der"),
        "the given name is there",
    ),
    doubt(
        "another whole name in the field of the surname",
        Youth(surname="Joost Springbeek", birth_date=PartialDate(2015, 10, 21), sex=Sex.MALE, address=STREET),
        boy("Jurriaan", "Springbeek"),
        "half of a double surname, or a twin",
    ),
)
