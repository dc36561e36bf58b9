"""Mails stay whole: MiniStack's mailbox shows subject and bodies only, and is empty after a restart."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from ministack import app
from ministack.services import ses, ses_v2

_MAILS: Final = "_sent_emails"
_RAW: Final[ContextVar[Any]] = ContextVar("raw mail of this request", default=None)


def teach() -> None:
    """Keep each raw message with its record, show it as ``Raw`` (base64), and save all with the state."""
    for service in (ses, ses_v2):
        service._parse_raw_mime = _remembering(service._parse_raw_mime)
        service.handle_request = _recording(service.handle_request)
    app._handle_ses_messages_request = _showing(app._handle_ses_messages_request)
    ses.get_state = _with_mails(ses.get_state)
    ses.load_persisted_state = _and_mails(ses.load_persisted_state)


def _remembering(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def parse(raw: Any) -> Any:
        _RAW.set(raw)
        return stock(raw)

    return parse


def _recording(stock: Callable[..., Any]) -> Callable[..., Any]:
    async def handle_request(*request: Any) -> Any:
        _RAW.set(None)
        answer = await stock(*request)
        sent = ses._sent_emails_list()
        if _RAW.get() is not None and sent:
            sent[-1].setdefault("Raw", _RAW.get())
        return answer

    return handle_request


def _showing(stock: Callable[..., Any]) -> Callable[..., Any]:
    async def messages(*request: Any) -> Any:
        answer = await stock(*request)
        if answer is None or answer[0] != 200:  # noqa: PLR2004 - HTTP's OK
            return answer
        shown = json.loads(answer[2])
        raw = {
            record["MessageId"]: record.get("Raw")
            for sent in ses._sent_emails._data.values()
            for record in sent
        }
        for records in shown["messages"].values():
            for record in records:
                record["Raw"] = raw.get(record["MessageId"])
        return answer[0], answer[1], json.dumps(shown).encode()

    return messages


def _with_mails(stock: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def get_state() -> dict[str, Any]:
        return {**stock(), _MAILS: copy.deepcopy(ses._sent_emails)}

    return get_state


def _and_mails(stock: Callable[[Any], None]) -> Callable[[Any], None]:
    def load_persisted_state(saved: Any) -> None:
        stock(saved)
        if _MAILS in saved:
            ses._sent_emails.update(saved[_MAILS])

    return load_persisted_state
