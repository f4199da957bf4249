"""Arguments that several commands of ``lupusrefs mirror`` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Location = Annotated[
    str,
    typer.Argument(metavar="DIR", help="The mirror: a folder, or a URL as s3://..."),
]
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The mirror, a folder of this machine.")
]
