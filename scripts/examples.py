r"""Run the console examples of a Markdown page and put their real output into it.

A block that is fenced as ``console`` holds commands, each behind ``$ ``, and what they
print. Where a block shows commands alone, they are not run: they are advice, such as
how to install. A comment ``<!-- file: NAME -->`` above a block of any other language
makes the block a file that the examples below it can read. ``<!-- without summary -->``
above a console block leaves out the last paragraph of what ``check`` prints.

Nothing reaches the network: every registry is set to a port where nobody listens. A
page with a comment ``<!-- answers: FILE -->`` has the answers of that file in its
store; those of its commands that are not ``--offline`` ask the registries of the tests.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from example_runs import Outcome, run, run_asking
from lupusrefs.config import ENDPOINT_VARIABLES

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?"
    r"(?P<short><!-- without summary -->\n)?"
    r"^```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_ANSWERS = re.compile(r"^<!-- answers: (\S+) -->$", re.MULTILINE)
_PROMPT = "$ "
_OURS = "lupusrefs "
# The commands that registries are played for.
_ASKING = frozenset(("check", "match"))
_TIMEOUT_S = 60


def refreshed(page: str) -> str:
    """The page with the output of its examples as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        shutil.copytree(ROOT / "data", scratch / "data")
        answers = _ANSWERS.search(page)
        if answers:
            shutil.copytree(ROOT / "docs" / "examples", scratch / "docs" / "examples")
            file = str(Path("docs", answers[1]))
            run(["cache", "import", file], scratch, _environment(scratch))
        shell = _Shell(scratch, is_answered=answers is not None)

        def block(match: re.Match[str]) -> str:
            if match["file"]:
                (scratch / match["file"]).write_text(match["body"], encoding="utf-8")
            if match["language"] != "console":
                return match[0]
            told = shell.block(match["body"], is_short=match["short"] is not None)
            return match[0].replace(match["body"], told)

        return _BLOCK.sub(block, page)


class _Shell:
    """Runs the commands of one page.

    Args:
        scratch: the working directory.
        is_answered: whether there are answers of registries.
    """

    def __init__(self, scratch: Path, *, is_answered: bool) -> None:
        self._scratch = scratch
        self._is_answered = is_answered

    def block(self, body: str, *, is_short: bool) -> str:
        """A block with the output of its commands."""
        lines = body.splitlines()
        if all(line.startswith(_PROMPT) or not line for line in lines):
            return body
        commands = [line for line in lines if line.startswith(_PROMPT)]
        return "".join(self._transcript(commands, is_short=is_short))

    def _transcript(self, commands: list[str], *, is_short: bool) -> Iterator[str]:
        """Commands and what they print; ``$?`` is that of the command before."""
        code = 0
        for command in commands:
            line = command.removeprefix(_PROMPT)
            outcome = self._run(line, code)
            code, text = outcome.code, outcome.text
            if is_short and line.startswith(f"{_OURS}check "):
                text = text.rpartition("\n\n")[0] + "\n"
            yield f"{command}\n{text}"

    def _run(self, line: str, code: int) -> Outcome:
        environment = _environment(self._scratch)
        if not self._is_answered or not line.startswith(_OURS):
            return _run_in_shell(f"(exit {code}); {line}", self._scratch, environment)
        arguments = shlex.split(line)[1:]
        asking = arguments[0] in _ASKING and not {"--offline", "--locked"} & {
            *arguments
        }
        runner = run_asking if asking else run
        return runner(arguments, self._scratch, environment)


def _run_in_shell(script: str, folder: Path, environment: dict[str, str]) -> Outcome:
    shell = shutil.which("sh") or "/bin/sh"
    done = subprocess.run(
        [shell, "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_TIMEOUT_S,
        check=False,
    )
    return Outcome(done.stdout, done.returncode)


def _environment(scratch: Path) -> dict[str, str]:
    programs = Path(sys.executable).parent
    nowhere = dict.fromkeys(ENDPOINT_VARIABLES.values(), "http://127.0.0.1:9")
    return nowhere | {
        "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "LUPUSREFS_CACHE_DIR": "cache",
    }
