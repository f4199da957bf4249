"""What rich prints, as text for a terminal, a pipe or a file."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.text import Text

from lupusrefs.reports.printed import PIPE_WIDTH, printed


def draw(console: Console) -> None:
    """A bold word, and the width in blanks."""
    console.print(Text("bell", "bold"))
    console.print(Text("x".ljust(console.width)))


def test_a_file_gets_no_escapes_from_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not for bold either; and the width is that of a file."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert printed(draw, to_file=True) == "bell\nx\n"


def test_a_terminal_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own width, and what it can show."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    text = printed(draw)
    assert "\x1b[1mbell" in text
    assert len(text.splitlines()[1]) == 40


def test_a_pipe_has_a_width_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no blanks at the ends of lines."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    widths: list[int] = []
    printed(lambda console: widths.append(console.width))
    assert widths == [PIPE_WIDTH]
