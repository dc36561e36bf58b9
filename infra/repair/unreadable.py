"""Notices whose row cannot be read, and what of one follows from its id and from what is left of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from chalicelib.domain.notice import NoticeKind, NoticeState, notice_id
from chalicelib.models.moments import moment_of
from chalicelib.models.notices import notice_of
from chalicelib.models.rows.work import NoticeRow
from infra.repair.rows import Row, written

_MOMENTS: Final = ("createdAt", "sentAt", "dueAt")
_ABOUT_MATCHES: Final = frozenset({NoticeKind.STARTED, NoticeKind.ENDED, NoticeKind.LOOK})
_NOT_AS_WRITTEN: Final = (AttributeError, KeyError, TypeError, ValueError)


def is_readable(notice: Row) -> bool:
    """Whether delivery can read it: by the very code that does, since that is what is asked."""
    try:
        notice_of(NoticeRow.from_raw_data(written(notice)))
    except _NOT_AS_WRITTEN:
        return False
    return True


def anew(notice: Row) -> Row | None:
    """The row to write in its place; None when too little of it is left.

    Whom it is for and which own signal it is about have to be there: nothing else tells them. What became of
    it nobody knows any more, so it is one whose mail may have left. That is told again while it holds, and
    counts as told when it does not: neither its beginning nor its end is lost (D37).
    """
    named, receiver = notice["noticeId"], notice.get("receiver")
    told = told_by_id(named)
    since = next((moment for name in _MOMENTS if (moment := _moment(notice, name)) is not None), None)
    if told is None or since is None or not isinstance(receiver, str):
        return None
    match_id, episode, kind = told
    if notice_id(match_id, episode, kind, receiver) != named:
        return None
    row: dict[str, Any] = {
        "noticeId": named,
        "kind": kind.value,
        "state": NoticeState.SENDING.value,
        "matchId": match_id,
        "episode": episode,
        "receiver": receiver,
        "createdAt": since,
        "sentAt": _moment(notice, "sentAt") or since,
        "attempts": 1,
    }
    own = notice.get("signalId")
    if isinstance(own, str):
        return {**row, "signalId": own}
    return row if own is None and kind in _ABOUT_MATCHES else None


def told_by_id(named: str) -> tuple[str, int, NoticeKind] | None:
    """What a notice is about, in which episode, and of which kind, as far as its id tells."""
    about, *rest = named.rsplit(".", 3)
    with suppress(ValueError):
        episode, kind, _ = rest
        return about, int(episode), NoticeKind(kind)
    return None


def _moment(notice: Row, name: str) -> str | None:
    text = notice.get(name)
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        moment_of(text)
        return text
    return None
