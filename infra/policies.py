"""What each function may do: one IAM policy per function and stage, nothing shared, nothing implied.

The audit log is only ever added to; no function may scan a table; no function may touch another stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.security.token_key import NEXT, PREVIOUS
from chalicelib.upkeep.audit_bucket import bucket_name
from chalicelib.upkeep.audit_copies import FOLDER, LEDGER
from infra.functions import Function
from infra.isolation import LOCAL_ACCOUNT
from infra.stages import Stage

Statement = dict[str, Any]

_GET: Final = ("GetItem",)
_GET_MANY: Final = ("BatchGetItem",)
_QUERY: Final = ("Query",)
_CHECK: Final = ("ConditionCheckItem",)
_PUT: Final = ("PutItem",)
_CHANGE: Final = ("UpdateItem",)
_DELETE: Final = ("DeleteItem",)

_SEALING: Final = _GET + _PUT + _CHANGE
"""On data keys: to find the day's key, to make it, and to count its uses."""

_API: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET + _GET_MANY + _PUT + _CHANGE + _CHECK,
    "match-keys": _QUERY + _PUT + _DELETE,
    "archive-keys": _QUERY + _PUT + _DELETE,
    "histories": _GET_MANY + _PUT + _DELETE,
    "work": _PUT + _CHANGE + _DELETE,
    "matches": _GET + _GET_MANY + _PUT + _CHANGE,
    "signal-matches": _QUERY + _PUT,
    "references": _PUT + _DELETE,
    "notices": _GET_MANY + _PUT + _DELETE,
    "outbox": _CHANGE,
    "leases": _GET_MANY + _CHANGE,
    "professionals": _GET + _GET_MANY + _QUERY + _CHANGE + _CHECK,
    "sites": _GET + _GET_MANY + _QUERY + _PUT,
    "organisations": _GET + _GET_MANY + _PUT + _CHECK,
    "client-keys": _GET + _PUT + _CHANGE,
    "excluded-addresses": _GET_MANY + _PUT + _DELETE,
    "requests": _GET + _GET_MANY + _PUT + _CHECK,
    "erasures": _GET + _PUT,
    "data-keys": _SEALING,
    "audit": _PUT + _QUERY,
    "settings": _GET + _PUT + _CHANGE + _CHECK,
}
_BEARER: Final[Mapping[str, tuple[str, ...]]] = {"organisations": _GET, "audit": _PUT}
_MATCH: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET_MANY + _CHECK,
    "match-keys": _QUERY,
    "archive-keys": _QUERY,
    "histories": _GET_MANY + _PUT,
    "work": _GET + _PUT + _CHANGE + _DELETE,
    "matches": _PUT + _CHANGE,
    "signal-matches": _QUERY + _PUT,
    "references": _GET + _PUT,
    "notices": _PUT,
    "outbox": _CHANGE,
    "data-keys": _GET,
    "excluded-addresses": _GET_MANY,
    "settings": _GET,
}
_DELIVER: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET_MANY,
    "work": _QUERY + _PUT + _DELETE,
    "matches": _GET,
    "signal-matches": _QUERY,
    "notices": _GET_MANY + _PUT,
    "outbox": _CHANGE,
    "leases": _PUT + _CHANGE + _DELETE,
    "professionals": _GET + _GET_MANY,
    "sites": _GET_MANY,
    "organisations": _GET + _GET_MANY,
    "audit": _PUT,
}
_FEEDBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET_MANY,
    "work": _PUT + _DELETE,
    "notices": _GET_MANY + _PUT,
    "leases": _PUT + _CHANGE + _DELETE,
    "professionals": _GET + _CHANGE,
    "sites": _GET_MANY,
    "organisations": _GET,
    "audit": _PUT,
}
_EXPIRE: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET + _GET_MANY + _PUT,
    "match-keys": _QUERY + _PUT + _DELETE,
    "archive-keys": _PUT + _DELETE,
    "histories": _DELETE,
    "work": _QUERY + _PUT + _CHANGE + _DELETE,
    "references": _DELETE,
    "notices": _GET_MANY + _PUT + _DELETE,
    "outbox": _CHANGE,
    "leases": _PUT + _DELETE,
    "professionals": _GET,
    "organisations": _GET_MANY,
    "requests": _GET + _PUT + _DELETE + _CHECK,
    "erasures": _GET + _PUT,
    "data-keys": _SEALING,
    "audit": _PUT,
    "settings": _GET + _PUT,
}
_FINISH_ERASURES: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": _GET + _CHANGE,
    "work": _GET + _QUERY + _CHANGE + _DELETE,
    "matches": _DELETE,
    "signal-matches": _QUERY + _DELETE,
    "references": _GET + _PUT,
    "notices": _GET_MANY + _DELETE,
    "erasures": _GET + _PUT,
}
_WITNESS: Final[Mapping[str, tuple[str, ...]]] = {}
"""It is told by the stream what was written, and so need not read what somebody may have changed since."""


def _both(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {table: one.get(table, ()) + other.get(table, ()) for table in {**one, **other}}


_TABLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "api": _API,
    "bearer": _BEARER,
    "match": _MATCH,
    "deliver": _DELIVER,
    "feedback": _FEEDBACK,
    "sweep": _both(_both(_MATCH, _DELIVER), _FINISH_ERASURES),
    "expire": _EXPIRE,
    "witness": _WITNESS,
}
_INDEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "api": (
        "signals/index/byInforming",
        "signals/index/byOrganisation",
        "matches/index/byReviewState",
        "excluded-addresses/index/byRegister",
        "audit/index/byResource",
        "audit/index/byYouth",
        "notices/index/byMatch",
        "requests/index/byHandler",
        "requests/index/byAgenda",
    ),
    "feedback": ("notices/index/byMessage",),
    "expire": (
        "signals/index/byArchiveDay",
        "signals/index/byEndDate",
        "signals/index/byInforming",
        "notices/index/byMatch",
        "requests/index/byAgenda",
    ),
    "sweep": ("notices/index/byMatch",),
}
_DATA_KEY: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("kms:Decrypt", "kms:GenerateDataKey"),
    "match": ("kms:Decrypt",),
    "sweep": ("kms:Decrypt",),
    "expire": ("kms:Decrypt", "kms:GenerateDataKey"),
}
_TOKEN_KEY: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("kms:GetPublicKey", "kms:Sign"),
    "bearer": ("kms:GetPublicKey",),
}
_OTHER_TOKEN_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("kms:GetPublicKey",),
    "bearer": ("kms:GetPublicKey",),
}
_AUDIT_KEY: Final[Mapping[str, tuple[str, ...]]] = {"witness": ("kms:GenerateDataKey",)}
_SECRETS: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("index", "pseudonym"),
    "match": ("index",),
    "sweep": ("index",),
    "expire": ("index", "pseudonym"),
}
_TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "api": ("sns:CreateTopic", "sns:SetTopicAttributes", "sns:DeleteTopic"),
}
"""Who makes the topics of organisations, and takes them away; to publish is another right."""
_SENDERS: Final = frozenset({"deliver", "feedback", "sweep"})


def policy(stage: Stage, function: Function) -> dict[str, Any]:
    """The policy document of one function's role."""
    statements = [
        *_table_access(stage, function),
        *_key_access(stage, function),
        *_secret_access(stage, function),
    ]
    if function.stream:
        statements += _stream_access(stage, function)
    if function.name == "witness":
        statements.append(
            _allow(["s3:PutObject"], [f"{_audit_bucket(stage)}/{one}/*" for one in (FOLDER, LEDGER)])
        )
    if function.queue:
        statements.append(_queue_access(stage, function))
    if function.name in _TOPICS:
        statements.append(_allow(_TOPICS[function.name], [_topics(stage)]))
    if function.name in _SENDERS:
        statements += _sending(stage)
    statements += _observing(stage, function)
    return {"Version": "2012-10-17", "Statement": statements}


def _table_access(stage: Stage, function: Function) -> Iterable[Statement]:
    by_actions: dict[tuple[str, ...], list[str]] = {}
    for table, actions in _TABLES[function.name].items():
        by_actions.setdefault(tuple(sorted(set(actions))), []).append(_table(stage, table))
    for actions, tables in sorted(by_actions.items()):
        yield _allow([f"dynamodb:{action}" for action in actions], sorted(tables))
    if function.name in _INDEXES:
        yield _allow(["dynamodb:Query"], [_table(stage, index) for index in _INDEXES[function.name]])


def _key_access(stage: Stage, function: Function) -> Iterable[Statement]:
    for key, grants in (
        ("data", _DATA_KEY),
        ("token", _TOKEN_KEY),
        (f"token{NEXT}", _OTHER_TOKEN_KEYS),
        (f"token{PREVIOUS}", _OTHER_TOKEN_KEYS),
        ("audit", _AUDIT_KEY),
    ):
        if function.name in grants:
            yield _allow(grants[function.name], [_arn(stage, "kms", "key/*")]) | {
                "Condition": {
                    "ForAnyValue:StringEquals": {"kms:ResourceAliases": f"alias/{stage.prefix}-{key}"}
                }
            }


def _secret_access(stage: Stage, function: Function) -> Iterable[Statement]:
    names = _SECRETS.get(function.name, ())
    resources = [
        _arn(stage, "secretsmanager", f"secret:verwijsindex/{stage.name}/{name}-??????") for name in names
    ]
    if resources:
        yield _allow(["secretsmanager:GetSecretValue"], resources)


def _stream_access(stage: Stage, function: Function) -> Iterable[Statement]:
    actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    yield _allow(actions, [f"{_table(stage, str(function.stream))}/stream/*"])
    yield _allow(["dynamodb:ListStreams"], ["*"])  # has no resource of its own
    yield _allow(["sqs:SendMessage"], [_arn(stage, "sqs", f"{stage.prefix}-{function.name}-failures")])


def _queue_access(stage: Stage, function: Function) -> Statement:
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    return _allow(actions, [_arn(stage, "sqs", f"{stage.prefix}-{function.queue}")])


def _sending(stage: Stage) -> Iterable[Statement]:
    yield _allow(
        ["ses:SendEmail", "ses:SendRawEmail"],
        [
            _arn(stage, "ses", f"identity/{stage.sender}"),
            _arn(stage, "ses", f"configuration-set/{stage.prefix}"),
        ],
    ) | {"Condition": {"StringEquals": {"ses:FromAddress": stage.sender}}}
    yield _allow(["sns:Publish"], [_topics(stage)])


def _observing(stage: Stage, function: Function) -> Iterable[Statement]:
    group = _arn(stage, "logs", f"log-group:/aws/lambda/{function.physical_name(stage.prefix)}")
    yield _allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], [group, f"{group}:*"])
    yield _allow(
        ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]
    )  # have no resource of their own


def _allow(actions: Iterable[str], resources: Iterable[str]) -> Statement:
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def _table(stage: Stage, table: str) -> str:
    return _arn(stage, "dynamodb", f"table/{stage.prefix}-{table}")


def _topics(stage: Stage) -> str:
    """Those of all organisations."""
    return _arn(stage, "sns", f"{stage.prefix}-events-*")


def _audit_bucket(stage: Stage) -> str:
    return f"arn:aws:s3:::{bucket_name(f'{stage.prefix}-', stage.account or '*')}"


def _arn(stage: Stage, service: str, rest: str) -> str:
    account = stage.account if stage.account != LOCAL_ACCOUNT else ""
    return f"arn:aws:{service}:{stage.region}:{account or '*'}:{rest}"
