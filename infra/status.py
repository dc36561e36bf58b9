"""What of a stage is deployed, and whether it is what the repository says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.account import Account
from infra.chalice_config import environment
from infra.deployed import Deployed
from infra.finish.mappings import mappings, source_of
from infra.functions import FUNCTIONS, MAPPED_FUNCTIONS
from infra.shared_state import fetch_record
from infra.stacks import Stack, outputs, stack_after, stacks_before, status


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing of a stage: what it is, how it is, and whether that is as it should be."""

    what: str
    how: str
    well: bool = True


def look(account: Account) -> list[Finding]:
    """Everything of a stage, problems included; one finding alone when nothing is deployed."""
    cloudformation = account.client("cloudformation")
    if status(cloudformation, stacks_before(account.stage)[0].name) is None:
        return [Finding(account.stage.name, "nothing is deployed", well=False)]
    fetch_record(account)
    deployed = Deployed.read(account.deployed_file)
    given: dict[str, str] = {}
    for stack in stacks_before(account.stage):
        if status(cloudformation, stack.name) is not None:
            given |= outputs(cloudformation, stack.name)
    return [
        *_stacks(account, cloudformation, given),
        *_functions(account, account.base_url(deployed.rest_api)),
        *_mappings(account),
        *_queues(account),
        _api(account, deployed),
    ]


def _stacks(account: Account, client: Any, given: dict[str, str]) -> Iterator[Finding]:
    stacks = stacks_before(account.stage)
    if "OperatorsTopicArn" in given:
        stacks = (*stacks, stack_after(account.stage, given))
    for stack in stacks:
        found = status(client, stack.name)
        if found is None:
            yield Finding(f"stack {stack.name}", "missing", well=False)
            continue
        same = _is_as_written(client, stack)
        how = f"{found}, {'as the template says' if same else 'differs from the template here'}"
        yield Finding(f"stack {stack.name}", how, well=same and found.endswith("_COMPLETE"))


def _is_as_written(client: Any, stack: Stack) -> bool:
    body = client.get_template(StackName=stack.name)["TemplateBody"]
    described = client.describe_stacks(StackName=stack.name)["Stacks"][0].get("Parameters", [])
    parameters = {one["ParameterKey"]: one["ParameterValue"] for one in described}
    return bool(body == stack.template.read_text(encoding="utf-8")) and parameters == stack.parameters


def _functions(account: Account, base_url: str) -> Iterator[Finding]:
    client = account.client("lambda")
    wanted = environment(account.stage, base_url=base_url)
    for function in FUNCTIONS:
        name = function.physical_name(account.stage.prefix)
        try:
            found = client.get_function_configuration(FunctionName=name)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            yield Finding(f"function {name}", "missing", well=False)
            continue
        same = found.get("Environment", {}).get("Variables") == wanted
        how = f"{found['State']}, {found['Runtime']}, {found['MemorySize']} MB, {found['LastModified']}"
        yield Finding(f"function {name}", how + ("" if same else ", settings differ from here"), well=same)


def _mappings(account: Account) -> Iterator[Finding]:
    client = account.client("lambda")
    for function in MAPPED_FUNCTIONS:
        found = mappings(client, account, function)
        well = len(found) == 1 and _wakes(found[0], source_of(account, function))
        how = (
            ", ".join(f"{one['State']}: {one.get('LastProcessingResult', '')}" for one in found) or "missing"
        )
        source = f"queue {function.queue}" if function.queue else f"stream {function.stream}"
        yield Finding(f"{source} → {function.name}", how, well=well)


def _wakes(mapping: dict[str, Any], source: str | None) -> bool:
    return mapping["EventSourceArn"] == source and mapping["State"] in {"Enabled", "Creating", "Updating"}


def _queues(account: Account) -> Iterator[Finding]:
    client = account.client("sqs")
    for function in MAPPED_FUNCTIONS:
        name = f"{account.stage.prefix}-{function.name}-failures"
        try:
            url = client.get_queue_url(QueueName=name)["QueueUrl"]
        except client.exceptions.QueueDoesNotExist:
            yield Finding(f"queue {name}", "missing", well=False)
            continue
        counted = client.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        waiting = int(counted["Attributes"]["ApproximateNumberOfMessages"])
        hint = " (see `failed list`, then `failed purge`)" if waiting and function.stream else ""
        yield Finding(f"queue {name}", f"{waiting} given up{hint}", well=waiting == 0)


def _api(account: Account, deployed: Deployed) -> Finding:
    if deployed.rest_api is None:
        return Finding("API", "missing", well=False)
    return Finding("API", account.base_url(deployed.rest_api))
