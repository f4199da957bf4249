"""``python -m lupusrefs`` and the ``lupusrefs`` command."""

from __future__ import annotations

import gc
import sys

from lupusrefs import __version__


def main() -> None:
    """Run the command line.

    ``--version`` alone is answered here: scripts ask for it often, and importing the
    command line takes ten times as long as saying it.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"lupusrefs {__version__}\n")
        return
    # Nothing that an import makes is garbage: looking for some costs a tenth.
    gc.disable()
    from lupusrefs import cli  # noqa: PLC0415

    gc.enable()
    # A run makes much that stays and few cycles: searching after every 700 objects
    # takes longer than reading a large file does.
    gc.set_threshold(100_000, 50, 50)
    cli.main()


if __name__ == "__main__":
    main()
