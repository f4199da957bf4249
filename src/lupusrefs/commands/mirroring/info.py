"""``lupusrefs mirror info``: what a mirror has."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from lupusrefs.commands.mirroring.arguments import Location


class InfoFormat(StrEnum):
    """How the description of a mirror is written."""

    TEXT = "text"
    JSON = "json"


def info(
    location: Location,
    report: Annotated[
        InfoFormat, typer.Option("--format", "-f", help="How to write it.")
    ] = InfoFormat.TEXT,
) -> None:
    """Say what a mirror has: records and their dates, sources, sizes.

    Of a build that has not ended it says how far it is.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415

    found = api.mirror_info(location)
    if report is InfoFormat.JSON:
        from lupusrefs.reports.mirror_wire import to_json  # noqa: PLC0415

        text = to_json(found)
    else:
        from lupusrefs.reports.mirror import to_text  # noqa: PLC0415

        text = to_text(found)
    Terminal().write(text)
