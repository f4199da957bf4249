"""Throw damaged files at the readers and writers, and keep the short ones that hurt.

Needs atheris, which is no dependency of the project: ``pip install atheris``.

Usage: python scripts/fuzz.py TARGET [--seconds N] [--findings DIR] [--seeds DIR...]

A finding is an exception, a broken law (``fuzz_targets.py``), or an input of up to 4 kB
that takes more than two seconds. Each kind is kept once, as the shortest input that
shows it, and the search goes on. Inputs that reach new code go to the first of the
folders of seeds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fuzz_targets import Target

LONGEST: Final = 4096  # bytes of an input
HANG_S: Final = 2.0
SLOW: Final = "slow"
TRIES: Final = 400  # to make a finding shorter


class Findings:
    """Runs a target, and keeps the shortest input of each kind of trouble."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder
        self._shortest: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, data: bytes) -> None:
        """Try one input."""
        kind = self.trouble(data)
        if kind is None or len(data) >= self._shortest.get(kind, LONGEST + 1):
            return
        if kind not in self._shortest and kind != SLOW:
            data = self._minimised(data, kind)
        self._shortest[kind] = len(data)
        name = sha256(kind.encode()).hexdigest()[:8]
        (self._folder / name).write_bytes(data)
        (self._folder / f"{name}.txt").write_text(f"{kind}\n\n{data!r}\n")
        print(f"FINDING {name}: {kind.splitlines()[0]}: {data[:200]!r}", flush=True)

    def trouble(self, data: bytes) -> str | None:
        """What kind of trouble an input makes: the exception and where it came from."""
        start = time.process_time()
        try:
            self._target(data)
        except (Exception, RecursionError) as error:  # noqa: BLE001 - any is a finding
            frames = traceback.extract_tb(error.__traceback__)
            places = [f"{Path(one.filename).name}:{one.lineno}" for one in frames[-3:]]
            first = str(error).partition("\n")[0][:60]
            said = first if isinstance(error, AssertionError) else ""
            return f"{type(error).__name__} {said}\n{' < '.join(reversed(places))}"
        taken = time.process_time() - start
        return SLOW if taken > HANG_S else None

    def _minimised(self, data: bytes, kind: str) -> bytes:
        """Cut pieces out as long as the trouble stays the same."""
        size, tries = len(data) // 2, 0
        while size and tries < TRIES:
            at = 0
            while at < len(data):
                shorter = data[:at] + data[at + size :]
                tries += 1
                if self.trouble(shorter) == kind:
                    data = shorter
                else:
                    at += size
            size //= 2
        return data


def main() -> None:
    """Search, for as long as was said."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--seeds", nargs="*", default=[], help="folders of inputs")
    options = parser.parse_args()
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["lupusrefs"]):
        targets = import_module("fuzz_targets")
        target: Target = targets.TARGETS[options.target]
        for seed in (b"", *targets.seeds(options.target)):
            target(seed)  # imports what it needs
    findings = Findings(target, options.findings / options.target)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = folder / "seeds"
        own.mkdir()
        for number, seed in enumerate(targets.seeds(options.target)):
            (own / f"{number}").write_bytes(seed)
        (folder / "tokens").write_text(targets.dictionary(options.target))
        limits = [f"-max_total_time={options.seconds}", f"-max_len={LONGEST}"]
        limits += ["-timeout=60", f"-dict={folder / 'tokens'}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, *options.seeds, str(own)], findings.run)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
