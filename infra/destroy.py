"""Takes a stage down, unless anything of it is protected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any, Final

from infra.account import Account
from infra.audit_copies import delete_copies
from infra.bundle import stage_folder
from infra.chalice_command import chalice
from infra.deployed import Deployed
from infra.errors import InfraError
from infra.lock import deploy_lock
from infra.places import ROOT
from infra.shared_state import fetch_record
from infra.stacks import Tell, stacks_before, status, take_down
from infra.stages import read_stages

_SECRETS: Final = ("index", "pseudonym")
_DAYS_TO_REGRET: Final = 7


def destroy(account: Account, tell: Tell) -> None:
    """Delete functions, stacks, and what the stacks retain: tables, secrets and (after a week) keys.

    The copy of the audit trail stays as long as its lock says, with its key; only one that is there to be
    thrown away goes. Raises InfraError, before anything is touched, that lists what is protected.
    """
    with deploy_lock(account):
        standing = list(protected(account))
        if standing:
            raise InfraError("\n  ".join(["refused, deletion protection stands on:", *standing]))
        _delete_functions(account, tell)
        for stack in (f"{account.stage.prefix}-operations", *reversed(_stacks(account))):
            take_down(account, stack, tell)
        _delete_retained(account, tell)
        delete_copies(account, tell)
        account.deployed_file.unlink(missing_ok=True)
        shutil.rmtree(account.build, ignore_errors=True)


def protected(account: Account) -> Iterator[str]:
    """What forbids to destroy the stage: its row in the table of stages, and each protected table."""
    if account.stage.deletion_protection:
        yield f"the stage {account.stage.name} (infra/stages.toml)"
    client = account.client("dynamodb")
    for table in _tables(account, client):
        if client.describe_table(TableName=table)["Table"].get("DeletionProtectionEnabled"):
            yield f"the table {table}"


def _delete_functions(account: Account, tell: Tell) -> None:
    if status(account.client("cloudformation"), _stacks(account)[0]) is None:
        return
    fetch_record(account)
    if account.deployed_file.exists():
        known = Deployed.read(account.deployed_file)
        base_url = account.base_url(known.rest_api)
        chalice(account, stage_folder(account, read_stages(), base_url=base_url, source=ROOT), "delete", tell)


def _delete_retained(account: Account, tell: Tell) -> None:
    dynamodb, secrets, kms = (account.client(name) for name in ("dynamodb", "secretsmanager", "kms"))
    for table in _tables(account, dynamodb):
        tell(f"deleting table {table}")
        dynamodb.delete_table(TableName=table)
    for name in _SECRETS:
        identifier = f"verwijsindex/{account.stage.name}/{name}"
        if identifier in _secret_names(secrets):
            tell(f"deleting secret {identifier}")
            secrets.delete_secret(SecretId=identifier, ForceDeleteWithoutRecovery=True)
    for key in _keys(account, kms):
        tell(f"deleting key {key} in {_DAYS_TO_REGRET} days")
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=_DAYS_TO_REGRET)


def _stacks(account: Account) -> list[str]:
    return [stack.name for stack in stacks_before(account.stage)]


def _tables(account: Account, client: Any) -> list[str]:
    pages = client.get_paginator("list_tables").paginate()
    names = [name for page in pages for name in page["TableNames"]]
    return [name for name in names if name.startswith(f"{account.stage.prefix}-")]


def _secret_names(client: Any) -> set[str]:
    pages = client.get_paginator("list_secrets").paginate()
    return {secret["Name"] for page in pages for secret in page["SecretList"]}


def _keys(account: Account, client: Any) -> list[str]:
    """The stage's keys by their descriptions, since their aliases went with the stack."""
    described = [
        client.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        for page in client.get_paginator("list_keys").paginate()
        for key in page["Keys"]
    ]
    ours = f"Verwijsindex {account.stage.name} - "
    return [one["KeyId"] for one in described if one["Description"].startswith(ours) and one["Enabled"]]
