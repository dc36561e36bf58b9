"""What became of a mail is told, as SES does: MiniStack keeps event destinations but sends them nothing.

The mailbox simulator's addresses have the outcomes that AWS documents; every other address takes the mail.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any, Final

from ministack.core.responses import get_account_id, get_region
from ministack.services import ses, ses_v2, sns

_ID: Final = re.compile(rb"<MessageId>([^<]+)</MessageId>")
_SIMULATOR: Final = "simulator.amazonses.com"
_OUTCOMES: Final[dict[str, tuple[tuple[str, str | None], ...]]] = {
    "bounce": (("Bounce", "General"),),
    "suppressionlist": (("Bounce", "Suppressed"),),
    "complaint": (("Delivery", None), ("Complaint", None)),
}

Parameters = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]


def teach() -> None:
    """Publish events to the SNS destinations of the configuration set that a raw mail was sent under."""
    ses._send_raw_email = _telling(ses._send_raw_email)


def outcomes(address: str) -> tuple[tuple[str, str | None], ...]:
    """What becomes of a mail to an address: kinds of events, of a bounce with its subtype."""
    local, _, domain = address.partition("@")
    if domain.casefold() == _SIMULATOR:
        return _OUTCOMES.get(local.casefold().partition("+")[0], (("Delivery", None),))
    return (("Delivery", None),)


def _telling(stock: Callable[[Parameters], Answer]) -> Callable[[Parameters], Answer]:
    def send(parameters: Parameters) -> Answer:
        answer = stock(parameters)
        found = _ID.search(answer[2])
        if found:
            _tell(found.group(1).decode(), parameters)
        return answer

    return send


def _tell(message_id: str, parameters: Parameters) -> None:
    name = ses._p(parameters, "ConfigurationSetName")
    destinations = (ses_v2._config_sets.get(name) or {}).get("EventDestinations") or {}
    receivers = ses._collect_list(parameters, "Destinations.member")
    for event in _events(message_id, name, receivers, parameters):
        kind = event["eventType"].upper().replace(" ", "_")
        for destination in destinations.values():
            topic = (destination.get("SnsDestination") or {}).get("TopicArn")
            if topic and destination["Enabled"] and kind in destination["MatchingEventTypes"]:
                sns.publish_internal(topic, json.dumps(event), "Amazon SES Email Event Notification")


def _events(
    message_id: str, name: str, receivers: Iterable[str], parameters: Parameters
) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    source = ses._p(parameters, "Source")
    headers = message_from_bytes(
        base64.b64decode(ses._p(parameters, "RawMessage.Data")), policy=policy.default
    ).items()
    for receiver in receivers:
        mail = {
            "timestamp": now,
            "source": source,
            "sourceArn": f"arn:aws:ses:{get_region()}:{get_account_id()}:identity/{source}",
            "sendingAccountId": get_account_id(),
            "messageId": message_id,
            "destination": [receiver],
            "headersTruncated": False,
            "headers": [{"name": header, "value": str(value)} for header, value in headers],
            "tags": {"ses:configuration-set": [name]},
        }
        for kind, subtype in outcomes(receiver):
            yield {"eventType": kind, "mail": mail, **ses._notification_detail(kind, receiver, now, subtype)}
