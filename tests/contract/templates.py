"""The templates as data: CloudFormation's short forms read as what they stand for."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from infra.places import TEMPLATES

Properties = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """A loader that knows ``!Sub``, ``!Ref`` and their kin."""


def _short_form(loader: yaml.SafeLoader, suffix: str, node: Node) -> Any:
    if isinstance(node, ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, MappingNode)
        value = loader.construct_mapping(node, deep=True)
    return {suffix: value}


_Loader.add_multi_constructor("!", _short_form)


@cache
def resources(template: str) -> dict[str, Any]:
    """The resources of ``infra/templates/<template>.yaml`` by their logical names."""
    text = (TEMPLATES / f"{template}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=_Loader)["Resources"]  # noqa: S506 - a SafeLoader that knows more tags
    return found


def of_type(template: str, kind: str) -> dict[str, Any]:
    """The resources of one type."""
    return {name: one for name, one in resources(template).items() if one["Type"] == kind}


def properties(template: str, kind: str) -> list[Properties]:
    """The properties of every resource of one type."""
    return [one["Properties"] for one in of_type(template, kind).values()]
