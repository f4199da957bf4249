"""Writing a file in one step, and what must never be replaced by one."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from lupusrefs.errors import InputError
from lupusrefs.sources import write_atomically


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    """`--output /dev/null` once replaced the device by a regular file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(
        target=lambda: received.append(pipe.read_text(encoding="utf-8")), daemon=True
    )
    reader.start()
    write_atomically(pipe, "läuft\n")
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    reader.join(timeout=10)
    assert received == ["läuft\n"]


def test_a_symbolic_link_and_the_permissions_stay(tmp_path: Path) -> None:
    """The file behind a link gets the text; the link stays a link."""
    target = tmp_path / "target.yaml"
    target.write_text("old\n", encoding="utf-8")
    target.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(target)
    write_atomically(link, "new\n")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the file's place is an error with a place, and nothing is lost."""
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(tmp_path, "text\n")
    assert list(tmp_path.iterdir()) == []
