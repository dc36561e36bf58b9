"""What MiniStack's check of roles must be told so that it understands ours.

Roles name keys by alias (their ids are not known beforehand) and senders by address; the check knows neither.
A bucket's own policy asks for TLS, for writing under a condition and for a key; the check would say of every
request that it lacks all three, so here roles alone decide about buckets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import kms, ses

_SENDING = frozenset({"ses:SendEmail", "ses:SendRawEmail"})


def teach() -> None:
    """Tell the check which key a KMS call is for, with its aliases, and which sender a mail has."""
    stock: Callable[..., Any] = iam_evaluator.enforce

    def enforce(  # noqa: PLR0917 - as MiniStack calls it
        access_key_id: str,
        iam_action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        context = dict(service_context or {})
        key = kms._resolve_key(resource_arn) if service == "kms" else None
        if key:
            resource_arn = key["Arn"]
            context["kms:ResourceAliases"] = _aliases(key["KeyId"])
        sender = _only_sender() if iam_action in _SENDING else None
        if sender:
            resource_arn = f"arn:aws:ses:{region}:{get_account_id()}:identity/{sender}"
            context["ses:FromAddress"] = sender
        return stock(access_key_id, iam_action, service, region, resource_arn, context)

    iam_evaluator.enforce = enforce
    _leave_buckets_to_roles()


def _leave_buckets_to_roles() -> None:
    stock: Callable[[str, str], Any] = iam_evaluator._resource_policy

    def resource_policy(service: str, resource_arn: str) -> Any:
        return None if service == "s3" else stock(service, resource_arn)

    iam_evaluator._resource_policy = resource_policy


def _aliases(key: str) -> list[str]:
    return [arn.rsplit(":", 1)[1] for arn, target in kms._aliases.items() if target == key]


def _only_sender() -> str | None:
    """The one address that mails can come from; SES itself refuses every other."""
    senders = list(ses._identities)
    return senders[0] if len(senders) == 1 else None
