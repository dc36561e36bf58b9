"""What no function's role may ever allow, in any stage (tests/integration/test_grants.py proves the rest)."""

from __future__ import annotations

from typing import Any

import pytest

from infra.functions import FUNCTIONS, Function
from infra.policies import policy
from infra.stages import Stage, read_stages

STAGES = tuple(read_stages().values())
EVERY = [
    pytest.param(stage, function, id=f"{stage.name}-{function.name}")
    for stage in STAGES
    for function in FUNCTIONS
]
WITHOUT_RESOURCE = {"xray:PutTelemetryRecords", "xray:PutTraceSegments", "dynamodb:ListStreams"}


def statements(stage: Stage, function: Function) -> list[dict[str, Any]]:
    """The statements of a role."""
    found: list[dict[str, Any]] = policy(stage, function)["Statement"]
    return found


def grants(stage: Stage, function: Function) -> set[tuple[str, str]]:
    """Every action with every resource it is allowed on."""
    return {
        (action, resource)
        for statement in statements(stage, function)
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
        for resource in statement["Resource"]
    }


@pytest.mark.rule("D39")
@pytest.mark.parametrize(("stage", "function"), EVERY)
def test_the_audit_log_is_only_added_to(stage: Stage, function: Function) -> None:
    """No function can change or delete what was logged; only the interface's can read it back."""
    table = f"table/{stage.prefix}-audit"
    allowed = {
        action
        for action, resource in grants(stage, function)
        if table in resource and "/stream/" not in resource
    }

    assert allowed <= ({"dynamodb:PutItem"} | ({"dynamodb:Query"} if function.name == "api" else set()))


@pytest.mark.parametrize(("stage", "function"), EVERY)
def test_no_action_is_a_wildcard_and_no_table_can_be_scanned(stage: Stage, function: Function) -> None:
    """Every action is named; nobody can look through a whole table (D16)."""
    actions = {action for action, _ in grants(stage, function)}

    assert not {action for action in actions if "*" in action}
    assert not actions & {"dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:ExportTableToPointInTime"}


@pytest.mark.parametrize(("stage", "function"), EVERY)
def test_a_role_reaches_its_own_stage_only(stage: Stage, function: Function) -> None:
    """Resources carry the stage's region and name; keys are told apart by their alias."""
    for action, resource in grants(stage, function):
        if action in WITHOUT_RESOURCE:
            continue
        assert f":{stage.region}:" in resource or resource.startswith("arn:aws:s3:::")
        assert stage.name in resource or resource.endswith(":key/*") or f"identity/{stage.sender}" in resource
    for statement in statements(stage, function):
        if any(resource.endswith(":key/*") for resource in statement["Resource"]):
            (alias,) = statement["Condition"]["ForAnyValue:StringEquals"].values()
            assert str(alias).startswith(f"alias/{stage.prefix}-")


@pytest.mark.parametrize(("stage", "function"), EVERY)
def test_only_those_who_deliver_can_send(stage: Stage, function: Function) -> None:
    """Mail and events leave through delivery, the sweep that stands in for it, and who hears of bounces."""
    allowed = {action for action, _ in grants(stage, function) if action.startswith(("ses:", "sns:"))}
    onboards = {"sns:CreateTopic", "sns:SetTopicAttributes", "sns:DeleteTopic"}

    assert bool(allowed - onboards) == (function.name in {"deliver", "feedback", "sweep"})
    assert bool(allowed & onboards) == (function.name == "api")


@pytest.mark.parametrize(("stage", "function"), EVERY)
def test_who_sends_mail_cannot_open_a_person(stage: Stage, function: Function) -> None:
    """Delivery works without the key under which person records are sealed (D18)."""
    opens = any(action == "kms:Decrypt" for action, _ in grants(stage, function))

    assert not (opens and function.name in {"deliver", "feedback", "bearer"})
