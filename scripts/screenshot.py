"""Draw what `lupusrefs resolve` shows on a terminal, as an SVG picture for README.

Real output of the library, on the seed references and without network, so that it is
the same on every machine. ``generate_docs.py`` writes it and notices when it is old.
"""

import io
import os
import re
import tempfile
from pathlib import Path

from rich.console import Console

import lupusrefs
from lupusrefs.config import Settings
from lupusrefs.reports.console import print_table

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "resolve.svg"
SOURCE = "data/seed_refs.yaml"
# Wide enough for `data/seed_refs.yaml:123` in the first column.
WIDTH = 112
# A picture must not load fonts from elsewhere: a reader's own will do.
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def svg() -> str:
    """The picture: the command line, the table and its summary."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(f"$ lupusrefs resolve {SOURCE} --offline")
    pairs = [(one.reference, one.outcome) for one in _run().resolutions]
    print_table(console, pairs)
    drawn = console.export_svg(title="lupusrefs resolve", unique_id="resolve")
    return _FONT_FACE.sub("", drawn)


def _run() -> lupusrefs.Run:
    """The seed references, answered by an empty store and so by the snapshot."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(cache_dir=Path(folder))
            library = lupusrefs.load(SOURCE)
            return lupusrefs.resolve(library, settings=settings, offline=True)
    finally:
        os.chdir(before)


def main() -> None:
    """Write the picture."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(svg(), encoding="utf-8")


if __name__ == "__main__":
    main()
