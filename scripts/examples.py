r"""Run the console examples of a Markdown page and put their real output into it.

A block that is fenced as ``console`` holds commands, each behind ``$ ``, and what they
print. Where a block shows commands alone, they are not run: they are advice, such as
how to install. A comment ``<!-- file: NAME -->`` above a block of any other language
makes the block a file that the examples below it can read.

Nothing reaches the network: every registry is set to a port where nobody listens.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lupusrefs.config import ENDPOINT_VARIABLES

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?"
    r"^```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_PROMPT = "$ "
_TIMEOUT_S = 60


def refreshed(page: str) -> str:
    """The page with the output of its examples as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        shutil.copytree(ROOT / "data", scratch / "data")

        def block(match: re.Match[str]) -> str:
            if match["file"]:
                (scratch / match["file"]).write_text(match["body"], encoding="utf-8")
            if match["language"] != "console":
                return match[0]
            return match[0].replace(match["body"], _run_block(match["body"], scratch))

        return _BLOCK.sub(block, page)


def _run_block(body: str, scratch: Path) -> str:
    lines = body.splitlines()
    if all(line.startswith(_PROMPT) or not line for line in lines):
        return body
    commands = [line for line in lines if line.startswith(_PROMPT)]
    return "".join(_transcript(commands, scratch))


def _transcript(commands: list[str], scratch: Path) -> Iterator[str]:
    """Commands and what they print; ``$?`` is that of the command before."""
    code = 0
    for command in commands:
        script = f"(exit {code}); {command.removeprefix(_PROMPT)}"
        shell = shutil.which("sh") or "/bin/sh"
        done = subprocess.run(
            [shell, "-c", script],
            cwd=scratch,
            env=_environment(scratch),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_TIMEOUT_S,
            check=False,
        )
        code = done.returncode
        yield f"{command}\n{done.stdout}"


def _environment(scratch: Path) -> dict[str, str]:
    programs = Path(sys.executable).parent
    nowhere = dict.fromkeys(ENDPOINT_VARIABLES.values(), "http://127.0.0.1:9")
    return nowhere | {
        "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "LUPUSREFS_CACHE_DIR": "cache",
    }
