"""What the stock MiniStack lacks and a Chalice deployment needs (docs/embedded-aws.md lists every gap).

Each lesson replaces one function of MiniStack's modules by name; the exact version is pinned, and
tests/e2e proves each lesson through the public AWS calls.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

_Answer = tuple[int, dict[str, str], Any]
_Handler = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[_Answer]]


def teach() -> None:
    """Teach all lessons; called once, before the first request."""
    _import_api_documents()
    _run_functions_without_the_workshop()
    _settle_functions_at_once()


def _import_api_documents() -> None:
    """``ImportRestApi`` and ``PutRestApi`` read their document, gateway responses included."""
    from ministack.services import apigateway_v1  # noqa: PLC0415 - MiniStack loads services when first used

    stock: _Handler = apigateway_v1.handle_request

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> _Answer:
        parts = path.strip("/").split("/")
        if method == "POST" and parts == ["restapis"] and _first(query, "mode") == "import":
            return _import(apigateway_v1, json.loads(body), query)
        if method == "PUT" and parts[0] == "restapis" and len(parts) == 2:  # noqa: PLR2004 - restapis/<id>
            return _overwrite(apigateway_v1, parts[1], json.loads(body))
        return await stock(method, path, headers, body, query)

    apigateway_v1.handle_request = handle_request


def _import(service: Any, document: dict[str, Any], query: dict[str, Any]) -> _Answer:
    endpoint = _first(query, "endpointConfigurationTypes") or "REGIONAL"
    api = service._import_rest_api(document, {"endpointConfiguration": {"types": [endpoint]}})  # noqa: SLF001
    return _finish(service, api, document)


def _overwrite(service: Any, api: str, document: dict[str, Any]) -> _Answer:
    if api not in service._rest_apis:  # noqa: SLF001 - MiniStack offers no public way in
        answer: _Answer = service._get_rest_api(api)  # noqa: SLF001
        return answer
    for resource in service._resources[api].values():  # noqa: SLF001
        resource["resourceMethods"] = {}
    for held in (service._authorizers_v1, service._models, service._gateway_responses):  # noqa: SLF001
        held[api] = {}
    root = {key: value for key, value in service._resources[api].items() if value["path"] == "/"}  # noqa: SLF001
    service._resources[api] = root  # noqa: SLF001
    schemes = service._import_security_schemes(api, document)  # noqa: SLF001
    for path, item in document.get("paths", {}).items():
        service._import_path_item(api, path, item, schemes, document.get("security"))  # noqa: SLF001
    return _finish(service, api, document)


def _finish(service: Any, api: str, document: dict[str, Any]) -> _Answer:
    service._rest_apis[api]["binaryMediaTypes"] = document.get("x-amazon-apigateway-binary-media-types", [])  # noqa: SLF001
    for kind, response in document.get("x-amazon-apigateway-gateway-responses", {}).items():
        service._put_gateway_response(api, kind, response)  # noqa: SLF001
    answer: _Answer = service._get_rest_api(api)  # noqa: SLF001
    return answer


def _run_functions_without_the_workshop() -> None:
    """Functions see their own bundle and the bare interpreter, not this virtual environment's packages."""
    from ministack.core import lambda_runtime  # noqa: PLC0415 - as above

    stock = lambda_runtime._detect_runtime_binary  # noqa: SLF001

    def detect(runtime: str) -> tuple[str, str]:
        binary, script = stock(runtime)
        return (sys._base_executable if runtime.startswith("python") else binary), script  # type: ignore[attr-defined]  # noqa: SLF001

    lambda_runtime._detect_runtime_binary = detect  # noqa: SLF001


def _settle_functions_at_once() -> None:
    """A new or changed function is ready at once, which spares the deploying client a poll of 5 s each."""
    from ministack.services import lambda_svc  # noqa: PLC0415 - as above

    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.0  # noqa: SLF001


def _first(query: dict[str, Any], name: str) -> str | None:
    value = query.get(name)
    return value[0] if isinstance(value, list) and value else value
