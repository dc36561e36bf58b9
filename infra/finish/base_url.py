"""Tells the functions their public base URL once a first deploy has shown it."""

from __future__ import annotations

from infra.account import Account
from infra.chalice_config import environment
from infra.deployed import Deployed
from infra.stacks import Tell


def settle_base_url(account: Account, before: Deployed, after: Deployed, tell: Tell) -> None:
    """Update the functions' environment when this deploy made the API; later deploys know it beforehand."""
    base_url = account.base_url(after.rest_api)
    if account.base_url(before.rest_api) == base_url:
        return
    tell(f"the API lives at {base_url}")
    client = account.client("lambda")
    variables = environment(account.stage, base_url=base_url)
    for function in after.functions.values():
        client.update_function_configuration(FunctionName=function, Environment={"Variables": variables})
