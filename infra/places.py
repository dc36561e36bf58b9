"""Where things lie on this machine: the repository, its build folders and its local state."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

CHALICE = ROOT / ".chalice"
"""Chalice's folder: the generated configuration and, uncommitted, what each stage deployed."""

LOCAL = ROOT / ".local"
"""Everything a local run leaves behind; safe to delete when nothing runs."""

CACHE = LOCAL / "cache"
"""What is expensive to make and depends on nothing but its inputs (vendored packages)."""

TEMPLATES = ROOT / "infra" / "templates"
"""The CloudFormation templates."""
