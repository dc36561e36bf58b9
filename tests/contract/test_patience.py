"""How long a call of AWS may take: each client says so itself, and each function has longer than that."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.api.repeats import LOST_AFTER
from chalicelib.functions.records import TIME_TO_STOP_MS
from chalicelib.models.rows.row import new_connection
from chalicelib.models.settings import KEPT
from chalicelib.notices.ses import SesMailer
from chalicelib.notices.sns import SnsEvents
from chalicelib.organisations.sns import sns_client
from chalicelib.security.clients import kms_client, secrets_client
from chalicelib.signals.batch import TIME_TO_BEGIN
from chalicelib.upkeep.audit_bucket import s3_client
from chalicelib.upkeep.keysets import SETTLING
from infra.functions import FUNCTIONS
from infra.places import ROOT

DYNAMODB, KMS, S3, SECRETS, SES, SNS = "dynamodb", "kms", "s3", "secretsmanager", "ses", "sns"

CLIENTS: dict[str, Callable[[], Any]] = {
    DYNAMODB: lambda: new_connection().client,
    KMS: kms_client,
    S3: s3_client,
    SECRETS: secrets_client,
    SES: lambda: SesMailer(sender="a@b.example", configuration_set="c")._client,
    SNS: lambda: SnsEvents()._client,
    "sns of operators": sns_client,
}

MADE_IN = {
    "chalicelib/deployment.py",  # while Chalice deploys; in no function
    "chalicelib/models/rows/row.py",
    "chalicelib/notices/ses.py",
    "chalicelib/notices/sns.py",
    "chalicelib/organisations/sns.py",
    "chalicelib/security/clients.py",
    "chalicelib/upkeep/audit_bucket.py",
}

USED_BY = {
    "api": (DYNAMODB, KMS, SECRETS),
    "bearer": (DYNAMODB, KMS),
    "match": (DYNAMODB, KMS, SECRETS),
    "deliver": (DYNAMODB, SES, SNS),
    "feedback": (DYNAMODB, SES, SNS),
    "sweep": (DYNAMODB, KMS, SECRETS, SES, SNS),
    "expire": (DYNAMODB, KMS),
    "witness": (S3,),
}

MAKERS = {"boto3.client", "boto3.resource", "session.create_client", "Connection"}

GATEWAY_WAITS_SECONDS = 29

TAKES_UP_WORK = ("match", "deliver", "feedback", "witness", "sweep", "expire")


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    yield
    for made in (kms_client, s3_client, secrets_client, sns_client):
        made.cache_clear()


def test_these_are_all_the_clients_there_are() -> None:
    """Every place that makes one is looked at here; every call that makes one says how patient it is."""
    makers = {
        path.relative_to(ROOT).as_posix(): calls
        for path in (ROOT / "chalicelib").rglob("*.py")
        if (calls := list(_makers(ast.parse(path.read_text(encoding="utf-8")))))
    }

    assert set(makers) == MADE_IN
    patient = {"config", "connect_timeout_seconds"}
    assert all(patient & {word.arg for word in call.keywords} for calls in makers.values() for call in calls)


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_gives_up_early(name: str) -> None:
    """Neither the minute botocore would wait for an answer, nor its own idea of retries."""
    config = CLIENTS[name]().meta.config

    assert 0 < config.connect_timeout <= 2
    assert 0 < config.read_timeout <= 10
    assert 1 <= config.retries["total_max_attempts"] <= 3
    assert config.retries["mode"] == "standard"


def test_a_mail_is_sent_by_one_attempt() -> None:
    """SES knows no repeat: a second attempt after a time-out might send twice."""
    assert CLIENTS[SES]().meta.config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_a_function_outlives_its_slowest_call(function: Any) -> None:
    """All attempts of one call, and the waits between them, fit in the function's own time."""
    slowest = max(_longest(CLIENTS[name]().meta.config) for name in USED_BY[function.name])

    assert slowest < function.timeout


def test_work_is_taken_up_only_while_a_call_can_end() -> None:
    """The time at which functions stop is further from their end than their slowest call is long."""
    slowest = max(_longest(CLIENTS[name]().meta.config) for one in TAKES_UP_WORK for name in USED_BY[one])
    shortest = min(function.timeout for function in FUNCTIONS if function.name in TAKES_UP_WORK)

    assert slowest < TIME_TO_STOP_MS / 1000 < shortest


def test_key_sets_settle_after_the_longest_run_of_a_function_that_remembers_them() -> None:
    """It may have remembered them until it began."""
    longest = max(function.timeout for function in FUNCTIONS)

    assert KEPT + timedelta(seconds=longest) < SETTLING


def _longest(config: Any) -> float:
    """Seconds that a call can take: botocore waits up to 1, 2, 4… s before each retry, 20 at most."""
    attempts = config.retries["total_max_attempts"]
    waits = sum(min(2**retry, 20) for retry in range(attempts - 1))
    return float(attempts * (config.connect_timeout + config.read_timeout) + waits)


def _makers(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that make a client; ``client()`` without anything hands out one that was made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS:
            yield node


def test_the_interface_answers_before_the_gateway_stops_waiting() -> None:
    """Also a batch: its last line is begun early enough, and a run under a key counts as lost only later."""
    (api,) = (function for function in FUNCTIONS if function.name == "api")

    assert TIME_TO_BEGIN.total_seconds() < api.timeout < GATEWAY_WAITS_SECONDS <= LOST_AFTER.total_seconds()
