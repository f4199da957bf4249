"""The styles that come along can be rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from lupusrefs.styles.packages import installed_styles
from render_every_style import troubles

# One in twelve, so that the tests stay fast; the script goes through all.
_PATHS = sorted(Path(installed_styles().folder).glob("*.csl"))[::12]
# It cites by archive and number: five items of a library have none.
_SILENT = "national-archives-of-australia"


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_a_style_renders_five_items(path: Path) -> None:
    """Without an error, and with something to read."""
    if path.stem != _SILENT:
        assert not list(troubles(path.read_text(encoding="utf-8"), path.name))
