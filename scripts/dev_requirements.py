"""Print the development requirements of pyproject.toml, for a shell's command line.

pip learnt ``--group`` in version 25.1; a fresh Python 3.11 brings 23.
"""

import shlex
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def main() -> None:
    """Print every requirement of every dependency group."""
    groups = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]
    print(*(shlex.quote(one) for group in groups.values() for one in group))


if __name__ == "__main__":
    main()
