"""Run the command line in this process, as a shell would see it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lupusrefs.cli import main


@dataclass(frozen=True)
class Shown:
    """What a shell sees: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Invoke = Callable[..., Shown]


@pytest.fixture
def invoke(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Invoke:
    """A function that runs ``lupusrefs`` in an empty folder with an empty store."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LUPUSREFS_CACHE_DIR", str(tmp_path / "cache"))

    def run(
        *arguments: str,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Shown:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["lupusrefs", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        captured = capsysbinary.readouterr()
        code = ended.value.code
        return Shown(
            code if isinstance(code, int) else int(code is not None),
            # A diff has the bytes of its file, which need not be UTF-8.
            captured.out.decode(errors="surrogateescape"),
            captured.err.decode(),
        )

    return run
