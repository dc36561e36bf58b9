"""The template makes the tables that the code expects: no more, no fewer, no other keys."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from chalicelib.models.tables import IndexShape, TableShape, table_shapes
from infra.places import ROOT

PREFIX = "verwijsindex-${Stage}-"


class TemplateLoader(yaml.SafeLoader):
    """YAML with CloudFormation's short functions, of which only the argument is kept."""


def _argument(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


TemplateLoader.add_multi_constructor("!", _argument)


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, Any]]:
    """The properties of every table in the storage template, by its name without the stage's prefix."""
    source = (ROOT / "infra" / "templates" / "storage.yaml").read_text(encoding="utf-8")
    resources = yaml.load(source, TemplateLoader)["Resources"].values()  # noqa: S506 - a SafeLoader, and our own file
    found = [one["Properties"] for one in resources if one["Type"] == "AWS::DynamoDB::Table"]
    return {one["TableName"].removeprefix(PREFIX): one for one in found}


def test_template_makes_the_expected_tables(tables: dict[str, dict[str, Any]]) -> None:
    """Keys with their types, indexes with what they hold, streams, and time to live."""
    assert {name: _shape(made) for name, made in tables.items()} == table_shapes()


def _shape(made: dict[str, Any]) -> TableShape:
    types = {one["AttributeName"]: one["AttributeType"] for one in made["AttributeDefinitions"]}
    lifetime = made.get("TimeToLiveSpecification", {})
    return {
        "keys": _keys(made["KeySchema"], types),
        "indexes": {one["IndexName"]: _index(one, types) for one in made.get("GlobalSecondaryIndexes", [])},
        "stream": made.get("StreamSpecification", {}).get("StreamViewType"),
        "ttl": lifetime["AttributeName"] if lifetime.get("Enabled") else None,
    }


def _index(made: dict[str, Any], types: dict[str, str]) -> IndexShape:
    projection = made["Projection"]
    return {
        "keys": _keys(made["KeySchema"], types),
        "projection": projection["ProjectionType"],
        "included": tuple(projection.get("NonKeyAttributes", ())),
    }


def _keys(schema: list[dict[str, str]], types: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((one["AttributeName"], types[one["AttributeName"]]) for one in schema)
