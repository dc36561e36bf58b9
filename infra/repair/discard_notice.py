"""``failed discard-notice``: takes away a notice that nobody can read, without losing what it would tell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.domain.match import Match
from chalicelib.domain.notice import STAYS_DUE, Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import receiver_key
from chalicelib.upkeep.failures import DiscardReason
from infra.errors import InfraError
from infra.operators.action import Action
from infra.operators.desk import Desk
from infra.repair.rows import open_rows, written
from infra.repair.unreadable import is_readable, told_by_id


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notice", metavar="ID", help="id of a notice that `verify` names under notices-read")
    parser.add_argument(
        "--reason", type=DiscardReason, choices=list(DiscardReason), required=True, help="for the audit trail"
    )


def _discard(desk: Desk, options: argparse.Namespace) -> None:
    """Delivery is to look first, then the row goes: a crash in between leaves both, and harms nobody."""
    rows = open_rows(desk.settings.table_prefix)
    held = rows.held("notices", [{"noticeId": options.notice}])
    if not held:
        raise InfraError("there is no such notice")
    if is_readable(held[0]):
        raise InfraError("this notice can be read: delivery decides what becomes of it")
    entry = AuditEntry.of(
        Act.WORK_DISCARDED,
        f"{options.notice}#{options.reason}",
        organisation_id=SYSTEM,
        professional_id=options.operator,
        at=desk.clock.now(),
        token=desk.names.token(),
    )
    desk.storage.audit.append(entry)
    looks = tuple(_looks(desk, options.notice))
    apart = [look for look in looks if look.id != options.notice]
    _add(desk, apart)
    rows.client.delete_item(TableName=f"{rows.prefix}notices", Key=written({"noticeId": options.notice}))
    _add(desk, [look for look in looks if look not in apart])
    desk.storage.notices.wake(look.receiver for look in looks)
    print(_told(options.notice, looks))
    print("`mend` takes away what work is left of it")


def _add(desk: Desk, looks: Sequence[Notice]) -> None:
    """Have delivery look, whatever became of an earlier look at the same."""
    held = desk.storage.notices.get_many(look.id for look in looks)
    over = [one for one in held.values() if one.state not in STAYS_DUE]
    desk.storage.notices.settle([replace(one, state=NoticeState.CANCELLED, due_at=None) for one in over])
    waiting = {one.id for one in held.values()} - {one.id for one in over}
    desk.storage.notices.add([look for look in looks if look.id not in waiting])


def _looks(desk: Desk, named: str) -> Iterator[Notice]:
    """For whom it may have been, of the two in its match: what is to be told follows from what is."""
    told = told_by_id(named)
    match = desk.storage.matches.get(told[0]) if told is not None else None
    if (
        told is None
        or match is None
        or told[2] not in {NoticeKind.STARTED, NoticeKind.ENDED, NoticeKind.LOOK}
    ):
        return
    for side in match.sides:
        receiver = receiver_key(side.organisation_id, side.professional_id)
        if notice_id(told[0], told[1], told[2], receiver) == named:
            yield _look(desk, match, receiver, side.signal_id)


def _look(desk: Desk, match: Match, receiver: str, own: str) -> Notice:
    return Notice(
        id=notice_id(match.id, match.revision, NoticeKind.LOOK, receiver),
        kind=NoticeKind.LOOK,
        state=NoticeState.PENDING,
        match_id=match.id,
        episode=match.episode,
        receiver=receiver,
        signal_id=own,
        created_at=desk.clock.now(),
    )


def _told(named: str, looks: tuple[Notice, ...]) -> str:
    kind = named.rsplit(".", 3)[2] if told_by_id(named) is not None else "notice"
    if looks:
        return "taken away; delivery looks anew what its receiver is to be told"
    return f"taken away; what this {kind} said is told to nobody: tell its receiver in another way"


DISCARD_NOTICE: Final = Action(
    "discard-notice",
    "take away a notice that nobody can read, for a reason that the audit trail keeps",
    _arguments,
    _discard,
)
