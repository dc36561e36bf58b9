"""Indexes come and go one at a time, by AWS's own rule, which embedded AWS does not keep."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.account import Account
from infra.errors import InfraError
from infra.index_steps import HeldTable, bring_up_tables, next_step, read_template
from infra.places import TEMPLATES
from infra.stacks import Stack
from infra.stages import LOCAL_STAGE, stage_named

MOST_BYTES = 51_200
"""Of a template that CloudFormation takes as it is, without a bucket."""


def make_template(**tables: Iterable[str]) -> dict[str, Any]:
    """A template with these tables and their indexes, each by an attribute of its own name."""
    return {"Resources": {name: _table(name, tuple(indexes)) for name, indexes in tables.items()}}


def _table(name: str, indexes: tuple[str, ...]) -> dict[str, Any]:
    keys = ["id", *(f"{index}Key" for index in indexes)]
    properties = {
        "TableName": {"Fn::Sub": f"verwijsindex-${{Stage}}-{name}"},
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key in keys],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": index,
                "KeySchema": [{"AttributeName": f"{index}Key", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index in indexes
        ],
    }
    if not indexes:
        del properties["GlobalSecondaryIndexes"]
    return {"Type": "AWS::DynamoDB::Table", "Properties": properties}


@dataclass(slots=True)
class FakeAws:
    """CloudFormation and DynamoDB as their documentation has them.

    An update that makes or removes more than one index of a table is refused, and so is one of a table
    with an index that is not ready. An index is ready when it was looked at ``patience`` times; ``stuck``
    ones never are. An attribute that no key uses, and a key without its attribute, are refused too.
    """

    patience: int = 2
    stuck: frozenset[str] = frozenset()
    template: dict[str, Any] | None = None
    updates: list[dict[str, set[str]]] = field(default_factory=list)
    looks: dict[str, int] = field(default_factory=dict)

    def create_stack(self, **request: Any) -> None:
        """A stack that was not there: every table comes with all its indexes at once."""
        self.template = read_template(request["TemplateBody"])
        self._note()

    def update_stack(self, **request: Any) -> None:
        """A template in the place of another."""
        wanted = read_template(request["TemplateBody"])
        if wanted == self.template:
            raise _error("ValidationError", "No updates are to be performed.")
        for name, resource in wanted["Resources"].items():
            self._check(name, resource["Properties"])
        for name, indexes in _indexes(wanted).items():
            if self.template is not None and name in self.template["Resources"]:
                new = indexes - _indexes(self.template)[name]
                self.looks |= dict.fromkeys((f"{name}.{one}" for one in new), 0)
        self.template = wanted
        self._note()

    def describe_stacks(self, **_: Any) -> dict[str, Any]:
        """The stack, which is settled at once."""
        if self.template is None:
            raise _error("ValidationError", "Stack does not exist")
        return {"Stacks": [{"StackStatus": "UPDATE_COMPLETE"}]}

    def describe_stack_events(self, **_: Any) -> dict[str, Any]:
        """Nothing worth telling."""
        return {"StackEvents": []}

    def describe_table(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803 - as boto3 has it
        """A table with the state of its indexes."""
        name = TableName.removeprefix("verwijsindex-local-")
        if self.template is None or name not in self.template["Resources"]:
            raise _error("ResourceNotFoundException", TableName)
        table = deepcopy(self.template["Resources"][name]["Properties"])
        for index in table.get("GlobalSecondaryIndexes", ()):
            index["IndexStatus"] = "ACTIVE" if self._is_ready(f"{name}.{index['IndexName']}") else "CREATING"
        return {"Table": table}

    def _is_ready(self, index: str) -> bool:
        self.looks[index] = self.looks.get(index, self.patience) + 1
        return self.looks[index] > self.patience and index not in self.stuck

    def _check(self, name: str, wanted: dict[str, Any]) -> None:
        used = {key["AttributeName"] for key in wanted["KeySchema"]} | {
            key["AttributeName"]
            for index in wanted.get("GlobalSecondaryIndexes", ())
            for key in index["KeySchema"]
        }
        assert used == {one["AttributeName"] for one in wanted["AttributeDefinitions"]}
        if self.template is None or name not in self.template["Resources"]:
            return
        before, after = _indexes(self.template)[name], _indexes({"Resources": {name: {"Properties": wanted}}})
        assert len(before ^ after[name]) <= 1, "Cannot perform more than one GSI creation or deletion"
        held = {f"{name}.{one}" for one in before}
        assert all(self.looks.get(one, self.patience) >= self.patience for one in held), "still being made"

    def _note(self) -> None:
        assert self.template is not None
        self.updates.append(_indexes(self.template))


def _indexes(template: dict[str, Any]) -> dict[str, set[str]]:
    return {
        name: {one["IndexName"] for one in resource["Properties"].get("GlobalSecondaryIndexes", ())}
        for name, resource in template["Resources"].items()
    }


def _error(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Anything")


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeAccount(Account):
    """The local stage, in a made-up AWS that takes no time."""

    aws: FakeAws

    def client(self, service: str) -> Any:
        """The same for every service."""
        assert service in {"cloudformation", "dynamodb"}
        return self.aws

    @property
    def poll_seconds(self) -> float:
        """A look after the other."""
        return 0.0


def brought_up(aws: FakeAws, template: dict[str, Any]) -> list[str]:
    """Bring a template up; what was told of it."""
    said: list[str] = []
    stack = Stack("storage", Path("nowhere"), {"Stage": "local"}, json.dumps(template))
    account = FakeAccount(stage=stage_named(LOCAL_STAGE), endpoint=None, workspace=Path("nowhere"), aws=aws)
    bring_up_tables(account, stack, said.append)
    return said


def test_a_new_stage_gets_all_at_once() -> None:
    """A table that is made comes with as many indexes as it has."""
    aws = FakeAws()

    brought_up(aws, make_template(signals="abcd"))

    assert aws.updates == [{"signals": set("abcd")}]


def test_several_new_indexes_come_one_after_the_other() -> None:
    """Of each table one at a time, side by side, and each is ready before the next."""
    aws = FakeAws(template=make_template(signals="ab", audit="", matches="x"))

    said = brought_up(aws, make_template(signals="abcde", audit="fg", matches="x", sites="hi"))

    assert aws.updates == [
        {"signals": set("abc"), "audit": set("f"), "matches": {"x"}, "sites": set("hi")},
        {"signals": set("abcd"), "audit": set("fg"), "matches": {"x"}, "sites": set("hi")},
        {"signals": set("abcde"), "audit": set("fg"), "matches": {"x"}, "sites": set("hi")},
    ]
    assert "  waiting for signals.c" in said


def test_one_new_index_takes_no_step_in_between() -> None:
    """And it is ready before the functions come that use it."""
    aws = FakeAws(template=make_template(signals="ab"))

    said = brought_up(aws, make_template(signals="abc"))

    assert aws.updates == [{"signals": set("abc")}]
    assert said[-1] == "  waiting for signals.c"
    assert aws.looks["signals.c"] > aws.patience


def test_what_goes_goes_last_and_one_at_a_time() -> None:
    """The functions that run use it until then."""
    aws = FakeAws(template=make_template(signals="abc"))

    brought_up(aws, make_template(signals="cd"))

    assert aws.updates == [{"signals": set("abcd")}, {"signals": set("bcd")}, {"signals": set("cd")}]


def test_a_deploy_that_stopped_goes_on_where_it_was() -> None:
    """It looks at the tables, not at what was done."""
    aws = FakeAws(template=make_template(signals="ab"))
    wanted = make_template(signals="abcd")
    step = next_step(wanted, {"signals": _held(aws, "signals")})
    aws.update_stack(TemplateBody=json.dumps(step))

    brought_up(aws, wanted)

    assert aws.updates == [{"signals": set("abc")}, {"signals": set("abcd")}]


def test_an_index_that_is_not_ready_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deploying again goes on; until then no function is changed."""
    monkeypatch.setattr("infra.index_steps._LIMIT_SECONDS", 0)
    aws = FakeAws(template=make_template(signals="ab"), stuck=frozenset({"signals.c"}))

    with pytest.raises(InfraError, match=r"signals\.c: not ready yet; deploy again later"):
        brought_up(aws, make_template(signals="abcd"))

    assert aws.updates == [{"signals": set("abc")}]


def test_a_template_with_tables_reads_as_it_is_written() -> None:
    """In its long form it fits what CloudFormation takes, and asks for no step of itself."""
    text = (TEMPLATES / "storage.yaml").read_text(encoding="utf-8")
    template = read_template(text)
    tables = {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }

    assert len(json.dumps(template, separators=(",", ":"))) < MOST_BYTES
    assert template["Resources"]["SignalsTable"]["Properties"]["SSESpecification"]["KMSMasterKeyId"] == {
        "Fn::GetAtt": ["StorageKey", "Arn"]
    }
    assert all(
        properties["TableName"]["Fn::Sub"].startswith("verwijsindex-${Stage}-")
        for properties in tables.values()
    )
    bare = {
        name: HeldTable(indexes={}, types={})
        for name, properties in tables.items()
        if len(properties.get("GlobalSecondaryIndexes", ())) > 1
    }
    step = next_step(template, bare)
    assert step is not None
    assert {name: len(step["Resources"][name]["Properties"]["GlobalSecondaryIndexes"]) for name in bare} == (
        dict.fromkeys(bare, 1)
    )
    assert {"SignalsTable", "AuditTable"} <= bare.keys()


def _held(aws: FakeAws, name: str) -> HeldTable:
    table = aws.describe_table(TableName=f"verwijsindex-local-{name}")["Table"]
    return HeldTable(
        indexes={one["IndexName"]: one for one in table["GlobalSecondaryIndexes"]},
        types={one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]},
    )
