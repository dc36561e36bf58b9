"""The words of the mails, in Dutch at level B1 and in English; the only prose in the functions."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Domain, Language
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.wording import Wording

DUTCH = Wording(
    language=Language.DUTCH,
    one={NoticeKind.STARTED: "1 nieuwe match", NoticeKind.ENDED: "1 match gestopt"},
    many={NoticeKind.STARTED: "{} nieuwe matches", NoticeKind.ENDED: "{} matches gestopt"},
    title={
        (NoticeKind.STARTED, MatchKind.PERSON): "Nieuwe match",
        (NoticeKind.STARTED, MatchKind.HOUSEHOLD): "Nieuwe gezinsmatch",
        (NoticeKind.ENDED, MatchKind.PERSON): "Match gestopt",
        (NoticeKind.ENDED, MatchKind.HOUSEHOLD): "Gezinsmatch gestopt",
    },
    meaning={
        (NoticeKind.STARTED, MatchKind.PERSON): "Het gaat om dezelfde jeugdige.",
        (NoticeKind.STARTED, MatchKind.HOUSEHOLD): (
            "Het gaat om verschillende jeugdigen van één gezin of huishouden."
        ),
        (NoticeKind.ENDED, MatchKind.PERSON): "Deze match is er niet meer. U hoeft niets te doen.",
        (NoticeKind.ENDED, MatchKind.HOUSEHOLD): (
            "Deze match is er niet meer. Het ging om verschillende jeugdigen van één gezin of huishouden. "
            "U hoeft niets te doen."
        ),
    },
    supervised={
        MatchKind.PERSON: "Deze professionals zijn betrokken bij dezelfde jeugdige.",
        MatchKind.HOUSEHOLD: (
            "Deze professionals zijn betrokken bij verschillende jeugdigen van één gezin of huishouden."
        ),
    },
    preview="Open dit bericht voor de contactgegevens.",
    greeting="Beste {},",
    opening="U bent niet de enige die betrokken is. Neem contact op met elkaar.",
    opening_ended="Er is iets veranderd bij uw signaal.",
    opening_supervisor="In uw gemeente is er een nieuwe match. U krijgt dit bericht omdat u de regie voert.",
    your_signal="Uw signaal",
    number="Signaalnummer",
    reference="Uw kenmerk",
    match_key="Matchsleutel",
    say_key="Noem deze sleutel als u belt.",
    call="Bel {}",
    who={NoticeKind.STARTED: "Ook betrokken", NoticeKind.ENDED: "De match was met"},
    involved="Betrokken professionals",
    telephone="Telefoon",
    email="E-mail",
    day={NoticeKind.STARTED: "Match sinds {}", NoticeKind.ENDED: "Gestopt op {}"},
    rule=(
        "Praat eerst met het gezin; informatie over de inhoud delen mag alleen met toestemming "
        "van de ouders of de jeugdige."
    ),
    automatic="Dit is een automatisch bericht van {}.",
    questions="Vragen? Beantwoord deze e-mail. Noem geen namen van kinderen of ouders.",
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    domains={
        Domain.YOUTH_HELP: "jeugdhulp",
        Domain.YOUTH_HEALTH_CARE: "jeugdgezondheidszorg",
        Domain.HEALTH_CARE: "gezondheidszorg",
        Domain.EDUCATION: "onderwijs",
        Domain.SOCIAL_SUPPORT: "maatschappelijke ondersteuning",
        Domain.WORK_AND_INCOME: "werk en inkomen",
        Domain.POLICE_AND_JUSTICE: "politie en justitie",
    },
)

ENGLISH = Wording(
    language=Language.ENGLISH,
    one={NoticeKind.STARTED: "1 new match", NoticeKind.ENDED: "1 match ended"},
    many={NoticeKind.STARTED: "{} new matches", NoticeKind.ENDED: "{} matches ended"},
    title={
        (NoticeKind.STARTED, MatchKind.PERSON): "New match",
        (NoticeKind.STARTED, MatchKind.HOUSEHOLD): "New household match",
        (NoticeKind.ENDED, MatchKind.PERSON): "Match ended",
        (NoticeKind.ENDED, MatchKind.HOUSEHOLD): "Household match ended",
    },
    meaning={
        (NoticeKind.STARTED, MatchKind.PERSON): "It concerns the same young person.",
        (NoticeKind.STARTED, MatchKind.HOUSEHOLD): (
            "It concerns different young people of one family or household."
        ),
        (NoticeKind.ENDED, MatchKind.PERSON): "This match is no longer there. You need not do anything.",
        (NoticeKind.ENDED, MatchKind.HOUSEHOLD): (
            "This match is no longer there. It concerned different young people of one family or household. "
            "You need not do anything."
        ),
    },
    supervised={
        MatchKind.PERSON: "These professionals are involved with the same young person.",
        MatchKind.HOUSEHOLD: (
            "These professionals are involved with different young people of one family or household."
        ),
    },
    preview="Open this message for the contact details.",
    greeting="Dear {},",
    opening="You are not the only one involved. Please get in touch with each other.",
    opening_ended="Something has changed for your signal.",
    opening_supervisor="There is a new match in your municipality. You receive this as its supervisor.",
    your_signal="Your signal",
    number="Signal number",
    reference="Your reference",
    match_key="Match key",
    say_key="Mention this key when you call.",
    call="Call {}",
    who={NoticeKind.STARTED: "Also involved", NoticeKind.ENDED: "The match was with"},
    involved="Professionals involved",
    telephone="Telephone",
    email="E-mail",
    day={NoticeKind.STARTED: "Match since {}", NoticeKind.ENDED: "Ended on {}"},
    rule=(
        "Talk with the family first; you may only share what it is about with the consent "
        "of the parents or the young person."
    ),
    automatic="This is an automatic message from {}.",
    questions="Questions? Reply to this e-mail. Please name no children or parents.",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    domains={
        Domain.YOUTH_HELP: "youth help",
        Domain.YOUTH_HEALTH_CARE: "youth health care",
        Domain.HEALTH_CARE: "health care",
        Domain.EDUCATION: "education",
        Domain.SOCIAL_SUPPORT: "social support",
        Domain.WORK_AND_INCOME: "work and income",
        Domain.POLICE_AND_JUSTICE: "police and justice",
    },
)

WORDINGS: Mapping[Language, Wording] = {Language.DUTCH: DUTCH, Language.ENGLISH: ENGLISH}
