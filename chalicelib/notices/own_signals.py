"""Mails about a professional's own signals, or requests, alone: questions, reminders and warnings.

Nothing here knows of another organisation, or of the youth: own signal numbers, own references and days.
Each kind has its words in :mod:`chalicelib.notices.own_wording`, and here when it still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.notice import OF_MEASURE, OF_REQUEST, Notice, NoticeKind, of_measure
from chalicelib.domain.organisation import Professional, receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.notices.languages import WORDINGS
from chalicelib.notices.letter import one_line
from chalicelib.notices.mail import common_headers, template
from chalicelib.notices.own_wording import OWN_WORDINGS
from chalicelib.notices.region import SERVICE, Region
from chalicelib.ports.world import Mail


@dataclass(frozen=True, slots=True)
class OwnNews:
    """A notice that is about an own signal alone, and that signal; None for a request that one handles."""

    notice: Notice
    own: Signal | None


@dataclass(frozen=True, slots=True)
class SortedOwnNews:
    """Due notices by what is to be done with them; what is sent, per kind, goes in a mail of its own.

    ``move`` is told to whoever has the signal now, in the place of one that is cancelled (D28).
    """

    send: Mapping[NoticeKind, tuple[OwnNews, ...]]
    cancel: tuple[Notice, ...]
    move: tuple[Notice, ...]


def _is_active(_: Notice, own: Signal, today: date) -> bool:
    return own.is_active(today)


def _ends_then(notice: Notice, own: Signal, today: date) -> bool:
    """Whether the signal still ends on the day of which is reminded: what was shortened has another."""
    return own.is_active(today) and own.ends_on == notice.day


def _is_untold(notice: Notice, own: Signal, today: date) -> bool:
    """Whether the family still has to be told by, or since, the day of which is reminded (D30)."""
    return own.is_active(today) and own.inform_by == notice.day


def _is_held(_: Notice, own: Signal, today: date) -> bool:
    """Whether it has not ended: one that is hidden while a right is decided is advised on too (D33)."""
    return own.state is SignalState.RESTRICTED or own.is_active(today)


def _was_corrected(_: Notice, own: Signal, __: date) -> bool:
    """Whether what was corrected is there: that it was erased since is told by itself."""
    return own.state is not SignalState.ERASED


def _is_in(state: SignalState) -> Callable[[Notice, Signal, date], bool]:
    """Whether a measure still stands: what came after it is told by itself."""
    return lambda _, own, __: own.state is state


_STANDS: Final[Mapping[NoticeKind, Callable[[Notice, Signal, date], bool]]] = {
    NoticeKind.CONFIRMATION: _is_active,
    NoticeKind.END_NEAR: _ends_then,
    NoticeKind.INFORMING_NEAR: _is_untold,
    NoticeKind.INFORMING_OVERDUE: _is_untold,
    NoticeKind.ADVICE: _is_held,
    NoticeKind.SIGNAL_CORRECTED: _was_corrected,
    NoticeKind.SIGNAL_RESTRICTED: _is_in(SignalState.RESTRICTED),
    NoticeKind.SIGNAL_RESTORED: _is_in(SignalState.ACTIVE),
    NoticeKind.SIGNAL_CLOSED: _is_in(SignalState.CLOSED),
    NoticeKind.SIGNAL_ERASED: _is_in(SignalState.ERASED),
}
"""Whether it still has to be said, by kind."""


def sort_own_news(
    notices: Iterable[Notice], signals: Mapping[str, Signal], receiver: str, today: date
) -> SortedOwnNews:
    """What still stands, and is about a signal that is still the receiver's; the rest is cancelled."""
    send: dict[NoticeKind, tuple[OwnNews, ...]] = {}
    cancel: list[Notice] = []
    move: list[Notice] = []
    for notice in notices:
        own = signals.get(notice.signal_id) if notice.signal_id is not None else None
        if notice.kind in OF_REQUEST or (own is not None and _stands(notice, own, receiver, today)):
            send[notice.kind] = (*send.get(notice.kind, ()), OwnNews(notice, own))
        else:
            cancel.append(notice)
            if own is not None and _goes_over(notice, own, receiver, today):
                move.append(
                    of_measure(notice.kind, own.id, _receiver(own), notice.episode, notice.created_at)
                )
    return SortedOwnNews(send, tuple(cancel), tuple(move))


def _stands(notice: Notice, own: Signal, receiver: str, today: date) -> bool:
    return _receiver(own) == receiver and _STANDS[notice.kind](notice, own, today)


def _goes_over(notice: Notice, own: Signal, receiver: str, today: date) -> bool:
    """Whether a measure is still to be told, to another who has the signal by now."""
    is_others = _receiver(own) != receiver
    return notice.kind in OF_MEASURE and is_others and _STANDS[notice.kind](notice, own, today)


def render_own_news(addressee: Professional, news: Sequence[OwnNews], region: Region) -> Mail:
    """One mail with all that is said in one kind: each signal once, by number and own reference.

    Raises IndexError without any news.
    """
    kind = news[0].notice.kind
    said = OWN_WORDINGS[kind][addressee.language]
    words = WORDINGS[addressee.language]
    cases = sorted({_case(one) for one in news})
    parts = {
        "region": region,
        "service": SERVICE,
        "words": words,
        "name": one_line(addressee.name),
        "preview": said.preview,
        "headline": said.headline(len(cases)),
        "opening": said.opening,
        "lines": said.lines_under(region.legal),
        "cases": [
            {
                "number": number,
                "reference": reference,
                "day": words.date(date.fromisoformat(day)) if said.day is not None else None,
            }
            for number, reference, day in cases
        ],
        "number_label": said.number or words.number,
        "day_label": said.day,
    }
    return Mail(
        to=addressee.email,
        subject=f"{SERVICE}: {said.headline(len(cases))}",
        text=template("own_signals.txt").render(parts),
        html=template("own_signals.html").render(parts),
        headers=common_headers(addressee.language, [one.notice.id for one in news], region),
    )


def _case(news: OwnNews) -> tuple[str, str, str]:
    day = news.notice.day.isoformat() if news.notice.day is not None else ""
    if news.own is None:
        return news.notice.match_id, "", day
    return news.own.number, one_line(news.own.reference), day


def _receiver(signal: Signal) -> str:
    return receiver_key(signal.organisation_id, signal.professional_id)
