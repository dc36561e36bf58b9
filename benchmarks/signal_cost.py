"""What one signal costs: ``python -m benchmarks.signal_cost``.

The real functions run in this process against the tables of an embedded AWS, one after the other as their
streams would wake them: authorizer and api, match, and deliver per receiver. Every call to AWS is counted.
Caches are warm, as in a function that has served a request before; what a cold one asks more is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any, Final

from chalice.app import AuthRequest, Chalice

from benchmarks.bodies import body, numbers
from benchmarks.meter import Meter, metering
from benchmarks.page import write_section
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


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions in this process, and what wakes them."""

    app: Chalice
    account: Account
    tokens: dict[str, str]

    def signal(self, organisation: str, bsn: str, number: int) -> dict[str, Meter]:
        """Give a signal and do all that follows; the calls of each function."""
        meters = {}
        with metering() as meters["bearer and api"]:
            answer = self._post(organisation, body(bsn, number, organisation))
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
            raise SystemExit(f"a signal was answered {answer['statusCode']}: {answer['body']}")
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


def main() -> int:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signal_cost", description=__doc__)
    parser.add_argument("--signals", type=int, default=50, help="over which the figures are averaged")
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    bsns = numbers(options.signals + 1)
    with _functions() as functions:
        cold = functions.signal("first", bsns[-1], options.signals)
        functions.signal("second", bsns[-1], options.signals)
        alone = [functions.signal("first", bsn, at) for at, bsn in enumerate(bsns[:-1])]
        matched = [functions.signal("second", bsn, at) for at, bsn in enumerate(bsns[:-1])]
    text = told(cold, alone, matched)
    print(text)
    if not options.no_page:
        write_section("What one signal costs", "python -m benchmarks.signal_cost", text)
    return 0


@contextmanager
def _functions() -> Iterator[Functions]:
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
            _register(desk, name)
        tokens = {name: desk.issue_token(name, operator="benchmark") for name in _ORGANISATIONS}
        yield Functions(app, account, tokens)


def _register(desk: Desk, name: str) -> None:
    registration = Registration(
        id=name,
        name=f"Organisation {name}",
        kind=OrganisationKind.REPORTING,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=(f"{name}.example",),
    )
    desk.register(registration, operator="benchmark")


def told(cold: dict[str, Meter], alone: list[dict[str, Meter]], matched: list[dict[str, Meter]]) -> str:
    """The section of the page."""
    asked = Counter(
        f"{call.service}:{call.operation}"
        for meter in cold.values()
        for call in meter.calls
        if call.service in {"kms", "secretsmanager"}
    )
    first = ", ".join(f"{count} {name}" for name, count in sorted(asked.items()))
    return "\n".join(
        [
            f"Averages over {len(alone)} signals, caches warm. Read units are computed from sizes, write",
            "units are as the embedded AWS counts them (a transaction's twice, as on AWS).",
            "",
            "| | DynamoDB requests | read units | write units | KMS calls | Secrets Manager | SES |",
            "|---|---|---|---|---|---|---|",
            *_rows("without candidates", alone),
            *_rows("with one match, two mails", matched),
            "",
            f"The very first signal of a cold process asks besides: {first}.",
            "Data keys are shared by all records of a day and opened keys are kept for minutes, so KMS",
            "calls do not grow with signals or candidates.",
        ]
    )


def _rows(name: str, signals: list[dict[str, Meter]]) -> Iterator[str]:
    for function in signals[0]:
        yield _row(f"{name}: {function}", [signal[function] for signal in signals])
    whole = [Meter([call for meter in signal.values() for call in meter.calls]) for signal in signals]
    yield _row(f"**{name}: all**", whole)


def _row(name: str, meters: list[Meter]) -> str:
    figures = [
        mean(meter.count("dynamodb") for meter in meters),
        mean(meter.reads() for meter in meters),
        mean(meter.writes() for meter in meters),
        mean(meter.count("kms") for meter in meters),
        mean(meter.count("secretsmanager") for meter in meters),
        mean(meter.count("ses") + meter.count("sesv2") for meter in meters),
    ]
    return f"| {name} | {' | '.join(f'{figure:.2f}'.rstrip('0').rstrip('.') for figure in figures)} |"


if __name__ == "__main__":
    sys.exit(main())
