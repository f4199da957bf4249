"""Arguments that several commands of ``lupusrefs mirror`` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

Location = Annotated[
    str,
    typer.Argument(metavar="DIR", help="The mirror: a folder, or a URL as s3://..."),
]
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The mirror, a folder of this machine.")
]
Jobs = Annotated[
    Optional[int],  # noqa: UP045 - Typer reads the older spelling faster
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="How many processes (as many as there are processors if not set).",
        show_default=False,
    ),
]
