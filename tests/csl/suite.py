"""Run fixtures of the CSL test suite: ``python tests/csl/suite.py DIR [--json FILE]``.

A fixture is a text file of sections (MODE, RESULT, CSL, INPUT, CITATION-ITEMS,
CITATIONS, BIBENTRIES, BIBSECTION, OPTIONS, ABBREVIATIONS). Results are compared
strictly: white space around them is trimmed, nothing else.

Source: README of the repository citation-style-language/test-suite.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from lupusrefs.csl.citation import Mode
from lupusrefs.csl.document import Citation, Document
from lupusrefs.csl.item import Item
from lupusrefs.csl.output.formats import OutputFormat, writer
from lupusrefs.csl.output_options import OutputOptions
from lupusrefs.csl.processor import Processor
from lupusrefs.csl.rendering import CiteItem, Position
from lupusrefs.csl.style import Style
from lupusrefs.styles.packages import locale_text

_SECTION: Final = re.compile(
    r">>=+ *([A-Z0-9-]+) *=+(?:>>)?[ \t]*\r?\n(.*?)<<=+ *\1 *=+<<", re.DOTALL
)
_HTML: Final = writer(OutputFormat.HTML)

JsonObject = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fixture:
    """A fixture: its name, and its sections by name."""

    name: str
    sections: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Fixture:
        """Read a fixture file."""
        text = path.read_text(encoding="utf-8-sig")
        sections: dict[str, str] = {}
        for match in _SECTION.finditer(text):
            sections.setdefault(match[1], match[2])
        return cls(path.stem, sections)

    @property
    def group(self) -> str:
        """What kind of feature it is about: the first part of its name."""
        return self.name.partition("_")[0]

    @property
    def mode(self) -> str:
        """``citation`` or ``bibliography``."""
        return self.sections["MODE"].split()[0]

    @property
    def result(self) -> str:
        """What is expected."""
        return self.sections["RESULT"].strip()

    def mapping(self, section: str) -> JsonObject:
        """A section that is a JSON object."""
        text = self.sections.get(section, "").strip()
        return cast("JsonObject", json.loads(text)) if text else {}

    def json(self, section: str) -> list[object]:
        """A section that is a JSON list."""
        text = self.sections.get(section, "").strip()
        return cast("list[object]", json.loads(text)) if text else []


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a fixture."""

    fixture: Fixture
    actual: str
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether it gave what is expected."""
        return not self.error and self.actual.strip() == self.fixture.result


def run(fixture: Fixture) -> Verdict:
    """Render a fixture."""
    try:
        return Verdict(fixture, _render(fixture))
    except Exception:  # noqa: BLE001 - whatever fails is a failure of the fixture
        return Verdict(fixture, "", traceback.format_exc())


def _render(fixture: Fixture) -> str:
    style = Style.parse(fixture.sections["CSL"], f"{fixture.name}.csl")
    items = [cast("JsonObject", item) for item in fixture.json("INPUT")]
    processor = Processor(style, items, locale_text, options=_options(fixture))
    citations = fixture.json("CITATIONS")
    if citations:
        return _document(fixture, processor, citations)
    if fixture.mode.startswith("bibliography"):
        return _bibliography(fixture, processor)
    clusters = fixture.json("CITATION-ITEMS") or [list(fixture.json("INPUT"))]
    lines = []
    for cluster in clusters:
        cites = [
            _cite(cast("JsonObject", cite)) for cite in cast("list[object]", cluster)
        ]
        lines.append(_HTML.inline(processor.citation(cites)))
    return "\n".join(lines)


def _bibliography(fixture: Fixture, processor: Processor) -> str:
    registry = None
    is_sorted = not fixture.mode.endswith("-nosort")
    for ids in fixture.json("BIBENTRIES") or [list(processor.items)]:
        wanted = [str(one) for one in cast("list[object]", ids)]
        registry = processor.register(wanted, is_sorted=is_sorted)
    only = _section(fixture, processor)
    bibliography = processor.bibliography(registry, only=only)
    return _HTML.bibliography(bibliography.entries, bibliography.layout)


def _options(fixture: Fixture) -> OutputOptions:
    options = fixture.mapping("OPTIONS")
    lists = cast("JsonObject", fixture.mapping("ABBREVIATIONS").get("default") or {})
    return OutputOptions(
        links=bool(options.get("wrap_url_and_doi")),
        abbreviations=cast("Mapping[str, Mapping[str, str]]", lists),
    )


def _section(fixture: Fixture, processor: Processor) -> set[str] | None:
    """The entries of a part of the bibliography; None for all.

    ``include`` wants one of its conditions, ``select`` all, ``exclude`` none; ``quash``
    leaves out what meets all of its own.
    """
    section = fixture.mapping("BIBSECTION")
    if not section:
        return None
    tests = {
        name: [cast("JsonObject", one) for one in cast("list[object]", conditions)]
        for name, conditions in section.items()
    }

    def holds(item: Item, condition: JsonObject) -> bool:
        name, value = str(condition.get("field")), str(condition.get("value") or "")
        found = item.type if name == "type" else item.fields.get(name, "")
        if name == "categories":
            return value in found
        known = name in item.names or name in item.dates
        return found == value or (not value and not found and not known)

    def wanted(item: Item) -> bool:
        met = {n: [holds(item, one) for one in these] for n, these in tests.items()}
        return (
            any(met.get("include", [True]))
            and all(met.get("select", []))
            and not any(met.get("exclude", []))
            and not (met.get("quash") and all(met["quash"]))
        )

    return {item.id for item in processor.items.values() if wanted(item)}


def _document(fixture: Fixture, processor: Processor, steps: Sequence[object]) -> str:
    document = Document(processor)
    changed: Mapping[str, object] = {}
    for step in steps:
        citation, before, after = cast("list[object]", step)
        changed = document.update(
            _citation(cast("JsonObject", citation)), _notes(before), _notes(after)
        )
    if fixture.mode.startswith("bibliography"):
        bibliography = processor.bibliography(document.registry)
        return _HTML.bibliography(bibliography.entries, bibliography.layout)
    lines = []
    for number, (key, content) in enumerate(document.citations()):
        sign = ">>" if key in changed else ".."
        lines.append(f"{sign}[{number}] {_HTML.inline(content)}")
    return "\n".join(lines)


def _citation(data: JsonObject) -> Citation:
    properties = cast("JsonObject", data.get("properties") or {})
    items = cast("list[JsonObject]", data["citationItems"])
    note = properties.get("noteIndex", 0)
    return Citation(
        str(data.get("citationID", "")),
        [_cite(item) for item in items],
        int(str(note)),
        Mode(str(properties.get("mode") or "")),
        str(properties.get("infix") or ""),
    )


def _notes(pairs: object) -> list[tuple[str, int]]:
    return [
        (str(key), int(str(note)))
        for key, note in cast("Iterable[tuple[object, object]]", pairs)
    ]


def _cite(data: JsonObject) -> CiteItem:
    position = data.get("position")
    return CiteItem(
        str(data.get("id", "")),
        locator=str(data.get("locator") or ""),
        label=str(data.get("label") or ""),
        prefix=str(data.get("prefix") or ""),
        suffix=str(data.get("suffix") or ""),
        suppress_author=bool(data.get("suppress-author")),
        author_only=bool(data.get("author-only")),
        position=Position(int(str(position))) if position else Position.FIRST,
        near_note=bool(data.get("near-note")),
        first_note=int(str(data.get("first-reference-note-number") or 0)),
    )


def fixtures(folder: Path) -> list[Fixture]:
    """All fixtures of a folder, by name."""
    return [Fixture.read(path) for path in sorted(folder.glob("*.txt"))]


def known_failures() -> dict[str, str]:
    """The fixtures that are known not to pass: name -> reason."""
    path = Path(__file__).parent / "known_failures.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and line[0] != "#")
    return {name: reason for name, _, reason in pairs}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a folder, and tell what passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args(arguments)
    verdicts = [
        run(one) for one in fixtures(options.folder) if options.only in one.name
    ]
    _tell(verdicts, show=options.show)
    if options.json is not None:
        options.json.write_text(_as_json(verdicts), encoding="utf-8")
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def _tell(verdicts: Sequence[Verdict], *, show: bool) -> None:
    failed = [verdict for verdict in verdicts if not verdict.passed]
    for verdict in failed:
        print(f"FAILED {verdict.fixture.name}")
        if show:
            print("  expected:", verdict.fixture.result.replace("\n", "\n            "))
            print("  actual:  ", verdict.actual.replace("\n", "\n            "))
            if verdict.error:
                print(
                    "  error:   ", verdict.error.strip().replace("\n", "\n            ")
                )
    total = Counter(verdict.fixture.group for verdict in verdicts)
    bad = Counter(verdict.fixture.group for verdict in failed)
    print(", ".join(f"{g} {n - bad[g]}/{n}" for g, n in sorted(total.items())))
    passed = len(verdicts) - len(failed)
    share = 100 * passed / len(verdicts) if verdicts else 0
    print(f"{passed} of {len(verdicts)} pass ({share:.1f} %)")


def _as_json(verdicts: Sequence[Verdict]) -> str:
    rows = [
        {
            "name": verdict.fixture.name,
            "mode": verdict.fixture.mode,
            "passed": verdict.passed,
            "expected": verdict.fixture.result,
            "actual": verdict.actual,
            "error": verdict.error,
        }
        for verdict in verdicts
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
