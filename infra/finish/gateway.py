"""The API's stage settings that Chalice has no words for: throttling, access log, metrics and tracing."""

from __future__ import annotations

import json
from typing import Any, Final

from infra.account import Account
from infra.stacks import Tell
from infra.stages import API_STAGE

_REQUESTS_PER_SECOND: Final = 200
_BURST: Final = 400

ACCESS_LOG_FORMAT: Final = json.dumps(
    {
        "requestId": "$context.requestId",
        "time": "$context.requestTimeEpoch",
        "method": "$context.httpMethod",
        "route": "$context.resourcePath",
        "status": "$context.status",
        "latency": "$context.responseLatency",
        "bytes": "$context.responseLength",
        "caller": "$context.authorizer.principalId",
        "error": "$context.error.responseType",
    }
)
"""No path, query, address or header: the route says which kind of request it was, and no more."""


def settle_gateway(account: Account, rest_api: str, outputs: dict[str, str], tell: Tell) -> None:
    """Give the API's stage its settings where they differ from what is there."""
    client = account.client("apigateway")
    _let_gateway_log(client, outputs["ApiLogsRoleArn"], tell)
    stage = client.get_stage(restApiId=rest_api, stageName=API_STAGE)
    wanted = _settings(outputs["ApiAccessLogArn"].removesuffix(":*"))
    missing = {path: value for path, value in wanted.items() if _found(stage, path) != value}
    if missing:
        tell(f"API: setting {', '.join(sorted(path.rsplit('/', 1)[1] for path in missing))}")
        operations = [{"op": "replace", "path": path, "value": value} for path, value in missing.items()]
        client.update_stage(restApiId=rest_api, stageName=API_STAGE, patchOperations=operations)


def _settings(log: str) -> dict[str, str]:
    return {
        "/accessLogSettings/destinationArn": log,
        "/accessLogSettings/format": ACCESS_LOG_FORMAT,
        "/tracingEnabled": "true",
        "/*/*/throttling/rateLimit": str(_REQUESTS_PER_SECOND),
        "/*/*/throttling/burstLimit": str(_BURST),
        "/*/*/metrics/enabled": "true",
        "/*/*/logging/dataTrace": "false",
    }


def _found(stage: dict[str, Any], path: str) -> str | None:
    """What a stage has at a path of `_settings`, written as a patch would write it."""
    methods = stage.get("methodSettings", {}).get("*/*", {})
    log = stage.get("accessLogSettings", {})
    value = {
        "/accessLogSettings/destinationArn": log.get("destinationArn"),
        "/accessLogSettings/format": log.get("format"),
        "/tracingEnabled": stage.get("tracingEnabled"),
        "/*/*/throttling/rateLimit": methods.get("throttlingRateLimit"),
        "/*/*/throttling/burstLimit": methods.get("throttlingBurstLimit"),
        "/*/*/metrics/enabled": methods.get("metricsEnabled"),
        "/*/*/logging/dataTrace": methods.get("dataTraceEnabled"),
    }[path]
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float | int) else value


def _let_gateway_log(client: Any, role: str, tell: Tell) -> None:
    """API Gateway logs through one role per account and region; one that is there already stays."""
    if not client.get_account().get("cloudwatchRoleArn"):
        tell("API: letting the gateway write logs")
        operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": role}
        client.update_account(patchOperations=[operation])
