"""What rich prints, as text: for a terminal, a pipe or a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rich.console import Console

#: Width of output that is no terminal: a pager or a log takes more than 80.
PIPE_WIDTH: Final = 110
_TRAILING: Final = re.compile(r"[ \t]+$", re.MULTILINE)


def printed(draw: Callable[[Console], None], *, to_file: bool = False) -> str:
    """What ``draw`` prints on the console that it is given.

    Args:
        draw: prints.
        to_file: the text goes to a file: no colour, and not the terminal's width.
    """
    console = Console(highlight=False, force_terminal=False if to_file else None)
    plain_text = not console.is_terminal
    if plain_text:
        console.width = PIPE_WIDTH
    with console.capture() as captured:
        draw(console)
    text = captured.get()
    # Padding up to the width of a cell is of no use outside a terminal.
    return _TRAILING.sub("", text) if plain_text else text
