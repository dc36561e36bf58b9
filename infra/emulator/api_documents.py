"""``ImportRestApi`` and ``PutRestApi`` for MiniStack, which ignores the document they bring.

Its CloudFormation path has an importer; these two calls are given that one, and the gateway's own
responses besides. The first API of a title gets a fixed id, so that a local base URL is known before
the first deploy.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from ministack.services import apigateway_v1 as gateway

Answer = tuple[int, dict[str, str], Any]
Handler = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[Answer]]


def teach() -> None:
    """Put the two calls in front of MiniStack's own."""
    stock: Handler = gateway.handle_request

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Answer:
        match (method, path.strip("/").split("/")):
            case "POST", ["restapis"] if _first(query, "mode") == "import":
                return _import(json.loads(body), query)
            case "PUT", ["restapis", api]:
                return _overwrite(api, json.loads(body))
        return await stock(method, path, headers, body, query)

    gateway.handle_request = handle_request


def _import(document: dict[str, Any], query: dict[str, Any]) -> Answer:
    title = document["info"]["title"]
    wanted: dict[str, Any] = {
        "endpointConfiguration": {"types": [_first(query, "endpointConfigurationTypes")]}
    }
    if gateway.find_api_scope(title) is None:
        wanted["tags"] = {"ms-custom-id": title}
    return _complete(gateway._import_rest_api(document, wanted), document)


def _overwrite(api: str, document: dict[str, Any]) -> Answer:
    if api in gateway._rest_apis:
        gateway._resources[api] = {
            name: resource | {"resourceMethods": {}}
            for name, resource in gateway._resources[api].items()
            if resource["path"] == "/"
        }
        for parts in (gateway._authorizers_v1, gateway._models, gateway._gateway_responses):
            parts[api] = {}
        schemes = gateway._import_security_schemes(api, document)
        for path, item in document["paths"].items():
            gateway._import_path_item(api, path, item, schemes)
    return _complete(api, document)


def _complete(api: str, document: dict[str, Any]) -> Answer:
    if api in gateway._rest_apis:
        gateway._rest_apis[api]["binaryMediaTypes"] = document.get(
            "x-amazon-apigateway-binary-media-types", []
        )
        for kind, response in document.get("x-amazon-apigateway-gateway-responses", {}).items():
            gateway._put_gateway_response(api, kind, response)
    answer: Answer = gateway._get_rest_api(api)
    return answer


def _first(query: dict[str, Any], name: str) -> Any:
    value = query.get(name)
    return value[0] if isinstance(value, list) and value else value
