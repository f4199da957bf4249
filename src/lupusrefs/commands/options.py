"""Options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lupusrefs import policy
from lupusrefs.formats.names import FormatName


def new_app(help: str | None = None) -> typer.Typer:  # noqa: A002 - Typer's own name
    """The Typer app of one command, or with ``help`` of a group of them."""
    return typer.Typer(
        help=help,
        no_args_is_help=help is not None,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )


Sources = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
    typer.Argument(
        metavar="SOURCE|ID",
        help="Reference files, documents, `-` for standard input, or identifiers: a "
        "DOI in any spelling, arXiv id, PMID or PMCID.",
        show_default=False,
    ),
]
ReadAs = Annotated[
    Optional[FormatName],  # noqa: UP045
    typer.Option(
        "--from",
        help="Format of the input files; recognised by content and name if left out.",
        show_default=False,
    ),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of standard output.",
        show_default=False,
    ),
]
Mirror = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--mirror",
        metavar="DIR",
        help="Look into this local mirror before anybody is asked; may be repeated.",
        show_default=False,
    ),
]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline",
        help="Ask nobody: answer from the store, however old, mirrors or the snapshot.",
    ),
]
Refresh = Annotated[
    bool,
    typer.Option("--refresh", help="Ask again, whatever the store remembers."),
]
Mailto = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--mailto",
        metavar="ADDRESS",
        help="Your mail address: Crossref answers three times as fast to those who "
        "give one. Better set once, in LUPUSREFS_MAILTO or lupusrefs.toml.",
        show_default=False,
    ),
]
Timeout = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        help="How long one request may take (30 if not set).",
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Report and errors only: no progress, notes, warnings."
    ),
]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="Say how many requests went to whom."),
]
FailOn = Annotated[
    Optional[policy.FailOn],  # noqa: UP045
    typer.Option(
        "--fail-on",
        help="From which severity on the exit code is 1 (error if not set).",
        show_default=False,
    ),
]
Profile = Annotated[
    Optional[policy.Profile],  # noqa: UP045
    typer.Option(
        "--profile",
        help="Severities: strict before a submission, lenient for an old library.",
        show_default=False,
    ),
]
Lock = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--lock",
        metavar="FILE",
        help="The lock file (refs.lock if not set).",
        show_default=False,
    ),
]
