"""The fixture that runs commands."""

from __future__ import annotations

from commands.invoke import invoke

__all__ = ["invoke"]
