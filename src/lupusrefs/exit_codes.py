"""What the process says to the shell."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes; where several apply, the first of 3, 1, 4 wins.

    An input that could not be read comes first: what it would have shown is not
    known. A finding stays true however an outage ends, so 1 wins over 4.
    """

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    INCOMPLETE = 4
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """One sentence for the documentation."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.CLEAN: "everything was asked and nothing is wrong",
    ExitCode.FINDINGS: "there are findings: at or above `--fail-on` (`check`), a "
    "DOI that is malformed or not registered (`resolve`), something to mend (`fix`)",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.INPUT: "an input, or the configuration, could not be read in full",
    ExitCode.INCOMPLETE: "a registry could not be asked, so the answer is incomplete",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C; what was answered so far is stored",
}
