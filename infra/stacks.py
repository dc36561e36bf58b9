"""The CloudFormation stacks of a stage: made, updated, left alone when nothing changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.account import Account
from infra.errors import InfraError
from infra.places import TEMPLATES
from infra.stages import Stage

Tell = Callable[[str], None]

_LIMIT_SECONDS: Final = 30 * 60
_NOTHING_TO_DO: Final = "No updates are to be performed"
_SETTLED: Final = ("_COMPLETE", "_FAILED")
_UNUSABLE: Final = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"})


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack: its name, its template and its parameters; ``text`` stands in the place of the template."""

    name: str
    template: Path
    parameters: dict[str, str]
    text: str | None = None

    @property
    def body(self) -> str:
        """What CloudFormation is given."""
        return self.template.read_text(encoding="utf-8") if self.text is None else self.text


def stacks_before(stage: Stage) -> tuple[Stack, ...]:
    """The stacks that the functions need, in the order in which they are made."""
    return (
        Stack(
            f"{stage.prefix}-storage",
            TEMPLATES / "storage.yaml",
            {"Stage": stage.name, "DeletionProtection": str(stage.deletion_protection).lower()},
        ),
        Stack(
            f"{stage.prefix}-services",
            TEMPLATES / "services.yaml",
            {
                "Stage": stage.name,
                "Sender": stage.sender,
                "OperatorsEmail": stage.operators,
                "LogDays": str(stage.log_days),
            },
        ),
        Stack(
            f"{stage.prefix}-audit",
            TEMPLATES / "audit.yaml",
            {"Stage": stage.name, "LockMode": stage.audit.lock, "LockDays": str(stage.audit.days)},
        ),
    )


def stack_after(stage: Stage, outputs: Mapping[str, str]) -> Stack:
    """The stack that watches the functions; ``outputs`` are those of the stacks before."""
    return Stack(
        f"{stage.prefix}-operations",
        TEMPLATES / "operations.yaml",
        {"Stage": stage.name, "OperatorsTopicArn": outputs["OperatorsTopicArn"]},
    )


def bring_up(account: Account, stack: Stack, tell: Tell) -> dict[str, str]:
    """Make or update a stack and return its outputs. Raises InfraError with what CloudFormation said."""
    client = account.client("cloudformation")
    if not _apply(client, stack, status(client, stack.name)):
        tell(f"{stack.name}: unchanged")
        return outputs(client, stack.name)
    tell(f"{stack.name}: in progress")
    _await(client, stack.name, account.poll_seconds, tell)
    return outputs(client, stack.name)


def take_down(account: Account, name: str, tell: Tell) -> None:
    """Delete a stack; what its template retains stays."""
    client = account.client("cloudformation")
    if status(client, name) is None:
        return
    tell(f"{name}: deleting")
    client.delete_stack(StackName=name)
    deadline = time.monotonic() + _LIMIT_SECONDS
    while (found := status(client, name)) is not None:
        if found.endswith("_FAILED") or time.monotonic() > deadline:
            raise InfraError(f"{name} could not be deleted: {found}")
        time.sleep(account.poll_seconds)


def status(client: Any, name: str) -> str | None:
    """The state of a stack, or None when there is none."""
    try:
        found: str = client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return None if found == "DELETE_COMPLETE" else found


def outputs(client: Any, name: str) -> dict[str, str]:
    """The outputs of a stack by their names."""
    described = client.describe_stacks(StackName=name)["Stacks"][0].get("Outputs", [])
    return {output["OutputKey"]: output["OutputValue"] for output in described}


def _apply(client: Any, stack: Stack, found: str | None) -> bool:
    """Start making or updating; False when there is nothing to do."""
    if found in _UNUSABLE:
        raise InfraError(f"{stack.name} is {found}: look at its events, delete it, and deploy again")
    request = {
        "StackName": stack.name,
        "TemplateBody": stack.body,
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": value} for key, value in stack.parameters.items()
        ],
        "Capabilities": ["CAPABILITY_IAM"],
        "Tags": [
            {"Key": "service", "Value": "verwijsindex"},
            {"Key": "stage", "Value": stack.parameters["Stage"]},
        ],
    }
    if found is None:
        client.create_stack(**request)
        return True
    try:
        client.update_stack(**request)
    except ClientError as error:
        if _NOTHING_TO_DO in error.response["Error"]["Message"]:
            return False
        raise
    return True


def _await(client: Any, name: str, pause: float, tell: Tell) -> None:
    deadline = time.monotonic() + _LIMIT_SECONDS
    seen: set[str] = set()
    while True:
        found = status(client, name)
        _tell_news(client, name, seen, tell)
        if found is None or found.endswith(_SETTLED):
            break
        if time.monotonic() > deadline:
            raise InfraError(f"{name} is still {found} after {_LIMIT_SECONDS // 60} minutes")
        time.sleep(pause)
    if found not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise InfraError(f"{name} ended as {found}; its events say why:\n{_failures(client, name)}")


def _tell_news(client: Any, name: str, seen: set[str], tell: Tell) -> None:
    events = client.describe_stack_events(StackName=name)["StackEvents"]
    for event in reversed(events):
        if event["EventId"] in seen or not event["ResourceStatus"].endswith(_SETTLED):
            continue
        seen.add(event["EventId"])
        tell(f"  {event['ResourceStatus']:<16} {event['LogicalResourceId']}")


def _failures(client: Any, name: str) -> str:
    events = client.describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in reversed(events) if event["ResourceStatus"].endswith("_FAILED")]
    return "\n".join(
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}" for event in failed
    )
