"""Asking a professional to confirm or complete their own record: whose case, in which words.

Nothing here knows of another organisation: who asks and why stays with the region administrator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.notice import Notice
from chalicelib.domain.organisation import Language, Professional, receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import one_line
from chalicelib.notices.mail import common_headers, template
from chalicelib.notices.region import SERVICE, Region
from chalicelib.ports.world import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWording:
    """The fixed text of one language; ``one`` and ``many`` are the headline, which names nobody."""

    one: str
    many: str
    preview: str
    opening: str
    lines: tuple[str, ...]

    def headline(self, count: int) -> str:
        """``2 signalen om te controleren``."""
        return self.one if count == 1 else self.many.format(count)


QUESTIONS: Mapping[Language, QuestionWording] = {
    Language.DUTCH: QuestionWording(
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
    Language.ENGLISH: QuestionWording(
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


@dataclass(frozen=True, slots=True)
class Question:
    """A notice that asks, and the receiver's own signal it is about."""

    notice: Notice
    own: Signal


@dataclass(frozen=True, slots=True)
class SortedQuestions:
    """Due questions by what is to be done with them."""

    send: tuple[Question, ...]
    cancel: tuple[Notice, ...]


def sort_questions(
    notices: Iterable[Notice], signals: Mapping[str, Signal], receiver: str, today: date
) -> SortedQuestions:
    """A question stands while the signal is active and still the receiver's."""
    send, cancel = [], []
    for notice in notices:
        own = signals.get(notice.signal_id) if notice.signal_id is not None else None
        if own is not None and own.is_active(today) and _receiver(own) == receiver:
            send.append(Question(notice, own))
        else:
            cancel.append(notice)
    return SortedQuestions(tuple(send), tuple(cancel))


def render_questions(addressee: Professional, questions: Sequence[Question], region: Region) -> Mail:
    """One mail with all questions, each signal once: its number and the organisation's own reference."""
    asked = QUESTIONS[addressee.language]
    cases = sorted({(question.own.number, one_line(question.own.reference)) for question in questions})
    parts = {
        "region": region,
        "service": SERVICE,
        "words": WORDINGS[addressee.language],
        "name": one_line(addressee.name),
        "preview": asked.preview,
        "headline": asked.headline(len(cases)),
        "opening": asked.opening,
        "lines": asked.lines,
        "questions": [{"number": number, "reference": reference} for number, reference in cases],
    }
    notice_ids = [question.notice.id for question in questions]
    return Mail(
        to=addressee.email,
        subject=f"{SERVICE}: {asked.headline(len(cases))}",
        text=template("question.txt").render(parts),
        html=template("question.html").render(parts),
        headers=common_headers(addressee.language, notice_ids, region),
    )


def _receiver(signal: Signal) -> str:
    return receiver_key(signal.organisation_id, signal.professional_id)
