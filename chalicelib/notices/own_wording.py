"""The words of mails about a professional's own signals, in Dutch at level B1 and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Language
from chalicelib.notices.measure_wording import MEASURE_WORDINGS
from chalicelib.notices.own_text import OwnWording

CONFIRMATION: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal om te controleren",
        many="{} signalen om te controleren",
        preview="Kijk of de gegevens in uw signaal nog kloppen.",
        opening="Wilt u controleren of de gegevens van de jeugdige in uw signaal kloppen en compleet zijn?",
        lines=(
            "Open het signaal in uw eigen systeem. Verbeter wat niet klopt en vul aan wat ontbreekt.",
            "Kijk vooral naar de namen, de geboortedatum, het geslacht en het adres.",
            "Mag u het BSN gebruiken? Controleer dat dan ook.",
            "Klopt alles? Dan hoeft u niets te doen.",
        ),
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal to check",
        many="{} signals to check",
        preview="See whether the details in your signal are still right.",
        opening="Please check whether the details of the young person in your signal are right and complete.",
        lines=(
            "Open the signal in your own system. Correct what is wrong and add what is missing.",
            "Look at the names, the date of birth, the sex and the address.",
            "May you use the citizen service number (BSN)? Then check that as well.",
            "Is everything right? Then you need not do anything.",
        ),
    ),
}
END_NEAR: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal stopt binnenkort",
        many="{} signalen stoppen binnenkort",
        preview="Kijk of u daarna nog betrokken bent.",
        opening="Uw signaal stopt vanzelf na de einddatum. Bent u daarna nog betrokken?",
        lines=(
            "Bent u dan niet meer betrokken? Dan hoeft u niets te doen.",
            "Bent u dan nog wel betrokken? Beoordeel dan opnieuw of een signaal nodig is.",
            "Is het nodig? Vernieuw het signaal dan in uw eigen systeem, vóór de einddatum.",
            "Een vernieuwd signaal is een nieuw signaal. Informeer het gezin dus ook opnieuw.",
        ),
        day="Einddatum",
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal ends soon",
        many="{} signals end soon",
        preview="See whether you are still involved after that.",
        opening="Your signal ends by itself after its end date. Are you still involved after that?",
        lines=(
            "Are you no longer involved then? Then you need not do anything.",
            "Are you still involved then? Then assess anew whether a signal is needed.",
            "Is it needed? Then renew the signal in your own system, before the end date.",
            "A renewed signal is a new signal. So inform the family again as well.",
        ),
        day="End date",
    ),
}
INFORMING_NEAR: Final = {
    Language.DUTCH: OwnWording(
        one="1 gezin om te informeren",
        many="{} gezinnen om te informeren",
        preview="Vertel het gezin dat u een signaal hebt gegeven.",
        opening="Hebt u het gezin verteld dat u een signaal hebt gegeven? Dat staat nog niet in het signaal.",
        lines=(
            "Is het kind jonger dan {youth} jaar? Vertel het de ouders.",
            "Is de jongere {youth} tot en met {before_alone} jaar? Vertel het de ouders én de jongere.",
            "Is de jongere {alone} jaar of ouder? Vertel het alleen de jongere.",
            "Leg daarna in uw eigen systeem vast wie het weet, sinds wanneer, en hoe u het hebt verteld.",
            "Mag u het volgens de wet nog niet vertellen? Leg dan vast waarom niet.",
        ),
        day="Informeren vóór of op",
    ),
    Language.ENGLISH: OwnWording(
        one="1 family to inform",
        many="{} families to inform",
        preview="Tell the family that you gave a signal.",
        opening="Did you tell the family that you gave a signal? The signal does not say so yet.",
        lines=(
            "Is the child under {youth}? Tell the parents.",
            "Is the young person {youth} to {before_alone}? Tell the parents and the young person.",
            "Is the young person {alone} or over? Tell the young person only.",
            "Then record in your own system who knows, since when, and how you told them.",
            "Does the law let you not tell them yet? Then record the ground.",
        ),
        day="Inform by",
    ),
}
INFORMING_OVERDUE: Final = {
    Language.DUTCH: replace(
        INFORMING_NEAR[Language.DUTCH],
        one="1 gezin niet op tijd geïnformeerd",
        many="{} gezinnen niet op tijd geïnformeerd",
        preview="De tijd om het gezin te informeren is voorbij.",
        opening="Vertel het gezin nu zo snel mogelijk dat u een signaal hebt gegeven. De tijd is om.",
    ),
    Language.ENGLISH: replace(
        INFORMING_NEAR[Language.ENGLISH],
        one="1 family not informed in time",
        many="{} families not informed in time",
        preview="The time to inform the family is over.",
        opening="Tell the family as soon as possible that you gave a signal. The time for that is over.",
    ),
}

ADVICE: Final = {
    Language.DUTCH: OwnWording(
        one="1 signaal waarover wij uw advies vragen",
        many="{} signalen waarover wij uw advies vragen",
        preview="Iemand heeft gebruikgemaakt van een recht. Wij vragen uw advies.",
        opening="Iemand van het gezin heeft een verzoek gedaan over uw signaal. Wij vragen u om advies.",
        lines=(
            "Het kan gaan om inzage, een kopie, verbeteren, bezwaar, verwijderen of tijdelijk verbergen.",
            "Open het verzoek in uw eigen systeem. Daar ziet u waar het om gaat en geeft u uw advies.",
            "Geef uw advies snel: het gezin krijgt uiterlijk op de genoemde dag een besluit.",
            "Wij nemen het besluit. Uw advies weegt mee.",
        ),
        day="Besluit uiterlijk op",
    ),
    Language.ENGLISH: OwnWording(
        one="1 signal on which we ask your advice",
        many="{} signals on which we ask your advice",
        preview="Somebody has used a right. We ask your advice.",
        opening="Somebody of the family has filed a request about your signal. We ask your advice.",
        lines=(
            "It may be for access, a copy, a correction, an objection, erasure or a restriction.",
            "Open the request in your own system. There you see what it is about, and give your advice.",
            "Please advise soon: the family gets a decision on the day named at the latest.",
            "The decision is ours. Your advice counts.",
        ),
        day="Decision at the latest on",
    ),
}
TERM: Final = {
    Language.DUTCH: OwnWording(
        one="1 verzoek waarvan de termijn afloopt",
        many="{} verzoeken waarvan de termijn afloopt",
        preview="Beslis op tijd op dit verzoek.",
        opening="U behandelt een verzoek dat nog open is. De termijn loopt af, of is al voorbij.",
        lines=(
            "Beslis vóór of op de genoemde dag, en stuur het besluit schriftelijk naar de aanvrager.",
            "Is er nog geen advies van de professional? Wacht daar dan niet langer op.",
        ),
        day="Besluit uiterlijk op",
        number="Verzoek",
    ),
    Language.ENGLISH: OwnWording(
        one="1 request that is soon due",
        many="{} requests that are soon due",
        preview="Decide on this request in time.",
        opening="You handle a request that is still open. Its term ends soon, or has ended.",
        lines=(
            "Decide on the day named at the latest, and send the decision to the requester in writing.",
            "Is there no advice from the professional yet? Then do not wait for it any longer.",
        ),
        day="Decision at the latest on",
        number="Request",
    ),
}

OWN_WORDINGS: Final[Mapping[NoticeKind, Mapping[Language, OwnWording]]] = {
    NoticeKind.CONFIRMATION: CONFIRMATION,
    NoticeKind.END_NEAR: END_NEAR,
    NoticeKind.INFORMING_NEAR: INFORMING_NEAR,
    NoticeKind.INFORMING_OVERDUE: INFORMING_OVERDUE,
    NoticeKind.ADVICE: ADVICE,
    NoticeKind.TERM: TERM,
    **MEASURE_WORDINGS,
}
"""The words of each kind that is about an own signal, or request, alone."""
