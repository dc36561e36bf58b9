"""Answers that people read: whole pages of HTML, with nothing that is fetched from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.notices.telephone import readable

_TEMPLATES = Path(__file__).parent / "templates"


def page(name: str, **parts: object) -> str:
    """The page of a template; what it is filled in with is escaped. Raises UndefinedError."""
    return _environment().get_template(f"{name}.html.jinja").render(**parts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["readable"] = readable
    return environment
