"""The table of stages: what each regional deployment is called, where it runs and which switches it has."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
    ValidationError,
    model_validator,
)

from chalicelib.domain.legal_profile import LegalProfile
from infra.errors import InfraError

TABLE: Final = Path(__file__).with_name("stages.toml")
LOCAL_STAGE: Final = "local"
API_STAGE: Final = "v1"

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
_Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[a-z]+-\d$")]
_Account = Annotated[str, StringConstraints(pattern=r"^(\d{12})?$")]
_Municipality = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
_Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
_Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s?#]+[^/\s?#]$")]
_Oin = Annotated[str, StringConstraints(pattern=r"^\d{20}$")]
_Memory = Annotated[int, Field(ge=128, le=10240)]


def _profile(differences: object) -> object:
    """The legal profile of a row; what is no table is left to be refused as such."""
    return LegalProfile.of(differences) if isinstance(differences, dict) else differences


_Legal = Annotated[InstanceOf[LegalProfile], BeforeValidator(_profile)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Memory(_Row):
    """Megabytes per function; CPU grows with it (1,769 is one whole core)."""

    api: _Memory
    bearer: _Memory
    match: _Memory
    deliver: _Memory
    feedback: _Memory
    sweep: _Memory
    expire: _Memory
    witness: _Memory


class Audit(_Row):
    """How long nobody can touch the copy of the audit trail, and whether anybody could shorten that."""

    lock: Literal["COMPLIANCE", "GOVERNANCE"]
    days: Annotated[int, Field(ge=1, le=36500)]


def days_of_years(years: int) -> int:
    """The days that so many years have at most, with their leap days."""
    return years * 365 + -(-years // 4)


class Searches(_Row):
    """From how many retractions after reading matches in a month on somebody has to be looked at (D16)."""

    professional: Annotated[int, Field(ge=1)]
    organisation: Annotated[int, Field(ge=1)]


class Stage(_Row):
    """One row of ``stages.toml``."""

    name: _Name
    code: _Code
    region: _Region
    account: _Account
    municipalities: tuple[_Municipality, ...] = Field(min_length=1)
    sender: _Email
    reply_to: _Email
    issuer: _Url | Literal[""]
    base_url: _Url | Literal[""]
    oin: _Oin
    operators: _Email | Literal[""]
    mails_per_second: Annotated[int, Field(ge=1, le=1000)]
    requests_per_minute: Annotated[int, Field(ge=100)]
    expected_signals: Annotated[int, Field(ge=1, le=10_000_000)]
    deletion_protection: bool
    log_level: Literal["DEBUG", "INFO", "WARNING"]
    log_days: Literal[7, 30, 90, 180, 365]
    legal: _Legal
    searches: Searches
    audit: Audit
    memory: Memory

    @property
    def is_local(self) -> bool:
        """Whether it runs on the embedded AWS of this machine."""
        return self.name == LOCAL_STAGE

    @property
    def prefix(self) -> str:
        """What the names of all its resources begin with, hyphen excluded."""
        return f"verwijsindex-{self.name}"

    @model_validator(mode="after")
    def _keeps_quiet_where_it_is_real(self) -> Self:
        if not self.is_local and self.log_level == "DEBUG":
            raise ValueError("DEBUG is for the local stage: real stages log INFO or WARNING")
        return self

    @model_validator(mode="after")
    def _locks_its_trail_where_it_is_real(self) -> Self:
        if not self.is_local and self.audit.lock != "COMPLIANCE":
            raise ValueError("GOVERNANCE is for the local stage: real stages lock their trail by COMPLIANCE")
        return self

    @model_validator(mode="after")
    def _locks_its_trail_as_long_as_it_is_kept(self) -> Self:
        wanted = days_of_years(self.legal.audit_years)
        if not self.is_local and self.audit.days != wanted:
            raise ValueError(f"audit.days must be {wanted}: the trail is kept {self.legal.audit_years} years")
        return self


class Stages(_Row):
    """The whole table."""

    stages: dict[_Name, Stage]

    @model_validator(mode="before")
    @classmethod
    def _name_the_rows(cls, table: object) -> object:
        if not isinstance(table, dict) or not isinstance(table.get("stages"), dict):
            return table
        rows = {
            name: {**row, "name": name} if isinstance(row, dict) else row
            for name, row in table["stages"].items()
        }
        return table | {"stages": rows}

    @model_validator(mode="after")
    def _tells_stages_apart(self) -> Self:
        if LOCAL_STAGE not in self.stages:
            raise ValueError(f"there must be a stage {LOCAL_STAGE}")
        problems = []
        for field in ("code", "oin"):
            counts = Counter(getattr(stage, field) for stage in self.stages.values())
            problems += [
                f"{field} {value} belongs to {count} stages" for value, count in counts.items() if count > 1
            ]
        if problems:
            raise ValueError("; ".join(problems))
        return self


def read_stages(path: Path = TABLE) -> dict[str, Stage]:
    """Every stage by its name. Raises InfraError that lists every mistake of the table at once."""
    try:
        return dict(Stages.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).stages)
    except tomllib.TOMLDecodeError as error:
        raise InfraError(f"{path.name} is not TOML: {error}") from error
    except ValidationError as error:
        lines = [
            f"  {'.'.join(map(str, found['loc'])) or 'table'}: {found['msg']}" for found in error.errors()
        ]
        raise InfraError("\n".join([f"{path.name}, mistakes: {len(lines)}", *lines])) from error


def stage_named(name: str, path: Path = TABLE) -> Stage:
    """One stage. Raises InfraError that names those there are."""
    stages = read_stages(path)
    if name not in stages:
        raise InfraError(f"there is no stage {name!r}; there are {', '.join(sorted(stages))}")
    return stages[name]
