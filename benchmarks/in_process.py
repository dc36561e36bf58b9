"""The real functions in this process, over the tables of an embedded AWS; every call to AWS is counted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from chalice.app import AuthRequest, Chalice

from benchmarks.meter import Meter, metering
from chalicelib.domain.organisation import Domain, OrganisationKind
from chalicelib.functions.bearer import bearer
from chalicelib.functions.deliver import deliver
from chalicelib.functions.match import match
from chalicelib.functions.records import BatchAnswer
from chalicelib.organisations.registration import Registration
from infra.account import Account, open_account
from infra.chalice_config import environment
from infra.emulator import Emulator
from infra.operators.desk import Desk, open_desk
from infra.stacks import bring_up, stacks_before
from infra.stages import LOCAL_STAGE, stage_named

_ORGANISATIONS: Final = ("first", "second")
_CREATED: Final = 201


class Refused(Exception):  # noqa: N818 - what was answered, not a fault of the code
    """A signal that the interface does not take."""


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions in this process, and what wakes them."""

    app: Chalice
    account: Account
    desk: Desk
    tokens: dict[str, str]

    def signal(self, organisation: str, content: dict[str, Any]) -> dict[str, Meter]:
        """Give a signal and do all that follows; the calls of each function. Raises Refused."""
        meters = {}
        with metering() as meters["bearer and api"]:
            answer = self._post(organisation, content)
        with metering() as meters["match"]:
            _require_done(match(_woken("signalId", answer["id"]), _LambdaContext()))
        with metering() as meters["deliver"]:
            for receiver in self._due():
                _require_done(deliver(_woken("receiver", receiver), _LambdaContext()))
        meters["deliver"].calls[:] = [call for call in meters["deliver"].calls if call.operation != "Scan"]
        return meters

    def _post(self, organisation: str, content: dict[str, Any]) -> dict[str, Any]:
        """Past the authorizer to the endpoint, as the gateway would."""
        token = f"Bearer {self.tokens[organisation]}"
        let_in = AuthRequest(
            "TOKEN", token, "arn:aws:execute-api:eu-central-1:000000000000:api/v1/POST/signals"
        )
        context = bearer(let_in).to_dict(let_in)["context"]
        event = {
            "resource": "/signals",
            "path": "/signals",
            "httpMethod": "POST",
            "headers": {"Authorization": token, "Content-Type": "application/json"},
            "pathParameters": None,
            "multiValueQueryStringParameters": None,
            "stageVariables": None,
            "requestContext": {"resourcePath": "/signals", "httpMethod": "POST", "authorizer": context},
            "body": json.dumps(content),
            "isBase64Encoded": False,
        }
        answer = self.app(event, None)
        if answer["statusCode"] != _CREATED:
            raise Refused(f"a signal was answered {answer['statusCode']}: {answer['body']}")
        created: dict[str, Any] = json.loads(answer["body"])
        return created

    def _due(self) -> list[str]:
        """The receivers whose outbox row a stream would hand over."""
        table = f"{self.account.stage.prefix}-work"
        found = self.account.client("dynamodb").scan(TableName=table, ConsistentRead=True)["Items"]
        due = [item["itemId"]["S"] for item in found if item["bucket"]["S"].startswith("due")]
        return sorted({item.rpartition("#")[0] for item in due})


class _LambdaContext:
    """Lambda's context: there is time."""

    def get_remaining_time_in_millis(self) -> int:
        """A minute."""
        return 60_000


def _woken(key: str, value: str) -> dict[str, Any]:
    """A batch of one stream record."""
    return {"Records": [{"dynamodb": {"Keys": {key: {"S": value}}, "SequenceNumber": "1"}}]}


def _require_done(answer: BatchAnswer) -> None:
    if answer["batchItemFailures"]:
        raise SystemExit("a function failed; its log line says with what")


@contextmanager
def functions_here() -> Iterator[Functions]:
    """Storage and services of a stage, without deployed functions: nobody else works on them."""
    stage = stage_named(LOCAL_STAGE)
    with TemporaryDirectory() as folder, Emulator(region=stage.region, home=Path(folder)) as emulator:
        account = open_account(stage, Path(folder))
        for stack in stacks_before(stage):
            bring_up(account, stack, lambda _: None)
        os.environ.update(environment(stage, base_url=f"{emulator.url}/v1"))
        from app import app  # noqa: PLC0415 - reads the stage's settings, which stand only now

        desk = open_desk(account)
        for name in _ORGANISATIONS:
            register(desk, name)
        tokens = {name: desk.issue_token(name, operator="benchmark") for name in _ORGANISATIONS}
        yield Functions(app, account, desk, tokens)


def register(desk: Desk, name: str) -> None:
    """Bring an organisation in that gives signals, and may use the BSN."""
    registration = Registration(
        id=name,
        name=f"Organisation {name}",
        kind=OrganisationKind.REPORTING,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=(f"{name}.example",),
    )
    desk.register(registration, operator="benchmark")
