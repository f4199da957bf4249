"""Write what is generated in the documentation; with ``--check``, say what is stale.

Generated are ``docs/cli.md``, the JSON Schemas, the picture in README, the tables of
exit codes and of rules, the texts of the rules, and the output of every console
example. All else is written by hand.
"""

import argparse
import difflib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, JsonValue

from cli_reference import markdown
from examples import refreshed
from lupusrefs.bulk.rows import FindingRow
from lupusrefs.exit_codes import ExitCode
from lupusrefs.reports.check_wire import CheckReport
from lupusrefs.reports.match_wire import MatchReport
from lupusrefs.reports.mirror_wire import MirrorInfoReport
from lupusrefs.reports.scan_wire import ScanReport
from lupusrefs.reports.styles_wire import StylesReport
from lupusrefs.reports.wire import ResolveReport
from rule_pages import with_rules
from screenshot import svg

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SCHEMAS: Mapping[str, type[BaseModel]] = {
    "check": CheckReport,
    "findings": FindingRow,
    "match": MatchReport,
    "mirror-info": MirrorInfoReport,
    "resolve": ResolveReport,
    "scan": ScanReport,
    "styles": StylesReport,
}

_EXIT_CODES = re.compile(
    r"(?<=<!-- exit codes: generated from src/lupusrefs/exit_codes.py -->\n)"
    r".*?(?=<!-- end of exit codes -->)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"^    (\w+): ", re.MULTILINE)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> Iterator[tuple[Path, str]]:
    """Every file that holds generated text, and what it should be."""
    yield DOCS / "cli.md", markdown()
    yield DOCS / "images" / "resolve.svg", svg()
    for name, model in SCHEMAS.items():
        yield DOCS / "schemas" / f"{name}.schema.json", schema(model)
    for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        if page.name != "cli.md":
            text = page.read_text(encoding="utf-8")
            text = with_rules(_EXIT_CODES.sub(lambda _: exit_codes(), text))
            yield page, refreshed(text)


def exit_codes() -> str:
    """The exit codes as a table."""
    rows = [f"| {code.value} | {code.meaning} |" for code in ExitCode]
    return "\n".join(["| code | meaning |", "|---|---|", *rows, ""])


def schema(model: type[BaseModel]) -> str:
    """The JSON Schema of a report, the words of its docstrings beside its members."""
    whole: dict[str, JsonValue] = model.model_json_schema(
        by_alias=True, mode="serialization"
    )
    definitions = whole["$defs"]
    if not isinstance(definitions, dict):
        raise TypeError("a report has definitions")
    for part in (whole, *definitions.values()):
        if isinstance(part, dict):
            _describe(part)
    return json.dumps({"$schema": _DIALECT, **whole}, indent=2) + "\n"


def _describe(part: dict[str, JsonValue]) -> None:
    """Move what a docstring says of its attributes to the properties."""
    text = str(part.get("description", "")).replace("``", "`")
    summary, _, attributes = text.partition("\n\nAttributes:\n")
    properties = part.get("properties")
    if not isinstance(properties, dict):
        return
    part["description"] = summary
    # Every member is always written, also where it has a default; but one that is
    # marked as left out where it says nothing.
    part["required"] = [
        name
        for name, member in properties.items()
        if not (isinstance(member, dict) and member.pop("left-out", False))
    ]
    words = _ATTRIBUTE.split(attributes)[1:]
    told = dict(zip(words[::2], words[1::2], strict=True))
    for name, member in properties.items():
        if isinstance(member, dict):
            member.pop("default", None)
            member.pop("title", None)
            if name in told:
                member["description"] = " ".join(told[name].split())


def stale() -> Iterator[str]:
    """A diff for every file that is not as it should be."""
    for path, right in generated():
        found = path.read_text(encoding="utf-8") if path.is_file() else ""
        if found != right:
            name = path.relative_to(ROOT).as_posix()
            lines = difflib.unified_diff(
                found.splitlines(keepends=True),
                right.splitlines(keepends=True),
                f"{name} (as it is)",
                f"{name} (as it should be)",
            )
            yield "".join(lines)


def main() -> None:
    """Write or check, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args().check:
        diffs = list(stale())
        if diffs:
            sys.stderr.write("\n".join(diffs))
            sys.exit("error: the documentation is stale\n  hint: run `make docs`")
        return
    for path, right in generated():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(right, encoding="utf-8")


if __name__ == "__main__":
    main()
