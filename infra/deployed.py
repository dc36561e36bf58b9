"""What Chalice recorded of a stage's last deploy: its functions, its API and its stream mappings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Deployed:
    """A reading of ``.chalice/deployed/<stage>.json``."""

    resources: tuple[dict[str, Any], ...]

    @classmethod
    def read(cls, path: Path) -> Deployed:
        """Read the record; without one nothing is deployed."""
        if not path.exists():
            return cls(())
        return cls(tuple(json.loads(path.read_text(encoding="utf-8"))["resources"]))

    @property
    def rest_api(self) -> str | None:
        """The id of the REST API."""
        return next(
            (str(one["rest_api_id"]) for one in self.resources if one["resource_type"] == "rest_api"), None
        )

    @property
    def functions(self) -> dict[str, str]:
        """ARNs of the functions by Chalice's names."""
        return {
            one["name"]: one["lambda_arn"]
            for one in self.resources
            if one["resource_type"] == "lambda_function"
        }

    def mapping_of(self, function: str) -> str | None:
        """The id of the mapping that wakes a function, by Chalice's name of the function."""
        arn = self.functions.get(function)
        return self.mappings.get(arn) if arn else None

    @property
    def mappings(self) -> dict[str, str]:
        """Ids of the mappings, from streams and queues, by the ARN of the function they wake."""
        return {
            one["lambda_arn"]: one["event_uuid"]
            for one in self.resources
            if one["resource_type"] in {"dynamodb_event", "sqs_event"}
        }


def forget_mapping(path: Path, mapping: str) -> None:
    """Strike a stream mapping that was deleted off the record, so that Chalice does not look for it."""
    if not path.exists():
        return
    record = json.loads(path.read_text(encoding="utf-8"))
    record["resources"] = [one for one in record["resources"] if one.get("event_uuid") != mapping]
    path.write_text(json.dumps(record, indent=2), encoding="utf-8")
