"""A table's indexes come and go one at a time, whatever an update asks for.

DynamoDB makes or removes one global secondary index of a table per update, and takes no other update of that
table before the index is ready; CloudFormation refuses a template that asks for two, and does not wait for
the one (AWS::DynamoDB::Table, ``GlobalSecondaryIndexes``). So a stage that an update gives several gets there
by templates in between, each found by looking at the tables as they are: a deploy that stops goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

import yaml
from botocore.exceptions import ClientError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from infra.account import Account
from infra.errors import InfraError
from infra.stacks import Stack, Tell, bring_up

Template = dict[str, Any]

_TABLE: Final = "AWS::DynamoDB::Table"
_INDEXES: Final = "GlobalSecondaryIndexes"
_LIMIT_SECONDS: Final = 30 * 60


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table as it is: its indexes as a template writes them, by name, and the types of its keys.

    ``busy`` are the indexes that are being made or removed.
    """

    indexes: Mapping[str, Any]
    types: Mapping[str, str]
    busy: tuple[str, ...] = ()


def bring_up_tables(account: Account, stack: Stack, tell: Tell) -> dict[str, str]:
    """Make or update a stack with tables, as :func:`infra.stacks.bring_up`; every index is ready then.

    Raises InfraError, also when an index takes longer than half an hour: deploying again goes on.
    """
    template = read_template(stack.body)
    before: Template | None = None
    while (step := next_step(template, _settled(account, stack, template, tell))) is not None:
        if step == before:
            raise InfraError(f"{stack.name}: its tables do not get the indexes that they are given")
        tell(f"{stack.name}: more than one index of a table changes; one at a time")
        bring_up(account, replace(stack, text=json.dumps(step, separators=(",", ":"))), tell)
        before = step
    outputs = bring_up(account, stack, tell)
    _settled(account, stack, template, tell)
    return outputs


def next_step(template: Template, held: Mapping[str, HeldTable]) -> Template | None:
    """The template to bring up before this one; None when this one can be.

    ``held`` are the tables that are there, by their names in the template. What comes goes before what
    leaves: the functions that run use the latter still.
    """
    step = deepcopy(template)
    crowded = [_crowded(properties, held[name]) for name, properties in _tables(step) if name in held]
    return step if any(crowded) else None


def read_template(text: str) -> Template:
    """A template in YAML as data, its short forms written out. Raises YAMLError."""
    found: Template = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that knows more tags
    return found


def _crowded(properties: Template, held: HeldTable) -> bool:
    """Whether a table has more than one index to change; it is left with one of the changes then."""
    wanted = {index["IndexName"]: index for index in properties.get(_INDEXES, ())}
    new = [name for name in wanted if name not in held.indexes]
    old = [name for name in held.indexes if name not in wanted]
    if len(new) + len(old) <= 1:
        return False
    there = [index for name, index in wanted.items() if name in held.indexes]
    leaving = [held.indexes[name] for name in (old if new else old[1:])]
    properties[_INDEXES] = [*there, *(wanted[name] for name in new[:1]), *leaving]
    types = dict(held.types) | {
        one["AttributeName"]: one["AttributeType"] for one in properties["AttributeDefinitions"]
    }
    keys = [properties["KeySchema"], *(index["KeySchema"] for index in properties[_INDEXES])]
    used = sorted({key["AttributeName"] for schema in keys for key in schema})
    properties["AttributeDefinitions"] = [
        {"AttributeName": name, "AttributeType": types[name]} for name in used
    ]
    return True


def _tables(template: Template) -> Iterator[tuple[str, Template]]:
    for name, resource in template["Resources"].items():
        if resource["Type"] == _TABLE:
            yield name, resource["Properties"]


def _settled(account: Account, stack: Stack, template: Template, tell: Tell) -> dict[str, HeldTable]:
    """The tables that are there, once no index is being made or removed."""
    deadline = time.monotonic() + _LIMIT_SECONDS
    said: set[str] = set()
    while True:
        held = dict(_held(account, stack, template))
        busy = {f"{name}.{index}" for name, table in held.items() for index in table.busy}
        if not busy:
            return held
        for one in sorted(busy - said):
            tell(f"  waiting for {one}")
        said |= busy
        if time.monotonic() > deadline:
            raise InfraError(
                f"{', '.join(sorted(busy))}: not ready yet; deploy again later, it goes on there"
            )
        time.sleep(account.poll_seconds)


def _held(account: Account, stack: Stack, template: Template) -> Iterator[tuple[str, HeldTable]]:
    client = account.client("dynamodb")
    for name, properties in _tables(template):
        table = properties["TableName"]["Fn::Sub"].replace("${Stage}", stack.parameters["Stage"])
        try:
            yield name, _described(client.describe_table(TableName=table)["Table"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise


def _described(table: Mapping[str, Any]) -> HeldTable:
    indexes = table.get(_INDEXES, ())
    return HeldTable(
        indexes={
            index["IndexName"]: {key: index[key] for key in ("IndexName", "KeySchema", "Projection")}
            for index in indexes
        },
        types={one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]},
        busy=tuple(index["IndexName"] for index in indexes if index.get("IndexStatus", "ACTIVE") != "ACTIVE"),
    )


class _Loader(yaml.SafeLoader):
    """A loader that knows ``!Sub``, ``!Ref`` and their kin."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: Node) -> Any:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, MappingNode):
        return {name: loader.construct_mapping(node, deep=True)}
    if isinstance(node, SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    if not isinstance(node, ScalarNode):
        raise yaml.YAMLError(f"!{suffix} holds neither text, a list nor a mapping")
    value = loader.construct_scalar(node)
    return {name: value.split(".", 1) if suffix == "GetAtt" else value}


_Loader.add_multi_constructor("!", _long_form)
