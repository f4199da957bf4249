"""The documentation says what the program does: no more, no less, nothing stale."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import lupusrefs
from generate_docs import stale
from lupusrefs import errors
from lupusrefs.cli import COMMANDS, app
from lupusrefs.config import (
    ENDPOINT_VARIABLES,
    MIRROR_VARIABLE,
    VARIABLES,
    Endpoints,
    Settings,
)
from lupusrefs.exit_codes import ExitCode
from lupusrefs.formats import csl_yaml
from lupusrefs.formats.bibtex.entry_types import entry_type
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item
from lupusrefs.model.names import NAME_PARTS
from lupusrefs.model.outcome import Status
from lupusrefs.model.variables import DATES, TYPES
from lupusrefs.reports.data import CSV_COLUMNS
from lupusrefs.reports.wire import (
    ErrorWire,
    LocationWire,
    ResolvedReference,
    ResolveReport,
)

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]

_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_CODE = re.compile(r"`([^`]+)`")


def read(path: Path) -> str:
    """A page's text."""
    return path.read_text(encoding="utf-8")


def code(page: Path) -> set[str]:
    """Everything in code spans on a page."""
    return set(_CODE.findall(_FENCED.sub("", read(page))))


def rows(page: Path) -> list[str]:
    """The lines of all tables of a page."""
    return [line for line in read(page).splitlines() if line.startswith("| ")]


def row_of(page: Path, name: str) -> str:
    """The row of a table that begins with a name in code spans, or nothing."""
    return next((row for row in rows(page) if row.startswith(f"| `{name}` |")), "")


def anchors(page: Path) -> set[str]:
    """The places of a page that links can lead to, as GitHub names them."""
    headings = _HEADING.findall(_FENCED.sub("", read(page)))
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


def commands() -> Iterator[tuple[str, ...]]:
    """Every command, by asking the program itself for help."""
    for name in COMMANDS:
        yield (name,)
        listed = help_of(name).partition("\nCommands:\n")[2]
        for child in re.findall(r"^  (\w[\w-]*)", listed, re.MULTILINE):
            yield (name, child)


def help_of(*command: str) -> str:
    """What ``lupusrefs COMMAND --help`` prints."""
    outcome = CliRunner().invoke(app, [*command, "--help"])
    assert outcome.exit_code == 0
    return outcome.output


# --- nothing is stale ---------------------------------------------------------


def test_generated_pages_are_current() -> None:
    """Command line, schema, picture, exit codes, and the output of every example."""
    assert "\n".join(stale()) == "", "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_are_true(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every Python example runs as a doctest, with an empty store."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LUPUSREFS_CACHE_DIR", str(tmp_path))
    text = "\n".join(_PYTHON.findall(read(page)))
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told: list[str] = []
    outcome = doctest.DocTestRunner().run(test, out=told.append)
    assert outcome.failed == 0, "".join(told)
    assert outcome.attempted > 0 or page != README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file or a heading of ours has one at its end."""
    for match in _LINK.finditer(_FENCED.sub("", read(page))):
        path, _, anchor = match["target"].partition("#")
        if path.startswith("https://"):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.is_file(), f"{page.name} links to {match['target']}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}: {match['target']}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_shows_a_folder_of_the_machine_it_was_made_on(page: Path) -> None:
    """Examples are run in a temporary folder, whose name must not get in."""
    assert not re.search(r"(?<![\w.])/(?:work|tmp|root|home|Users)/", read(page))


# --- the command line ---------------------------------------------------------


@pytest.mark.parametrize("command", sorted(commands()), ids=" ".join)
def test_every_command_and_option_is_documented(command: tuple[str, ...]) -> None:
    """What ``--help`` lists is in the command's own section of docs/cli.md."""
    path = " ".join(("lupusrefs", *command))
    found = re.search(
        rf"^#+ `{path}`$(.*?)(?=^#|\Z)",
        read(DOCS / "cli.md"),
        re.DOTALL | re.MULTILINE,
    )
    assert found, f"docs/cli.md has no section on `{path}`"
    options = set(_OPTION.findall(help_of(*command)))
    assert "--help" in options
    assert options <= set(_OPTION.findall(found[1]))


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_shows_every_command(name: str) -> None:
    """README has each command in code, and the overview says what it does itself."""
    assert re.search(rf"`{name}`|\$ lupusrefs {name}\b", read(README))
    paragraph = help_of(name).split("\n\n")[1]
    assert " ".join(paragraph.split()) == COMMANDS[name]


@pytest.mark.parametrize("page", [README, DOCS / "exit-codes.md"], ids=lambda p: p.name)
@pytest.mark.parametrize("exit_code", list(ExitCode))
def test_every_exit_code_is_documented(page: Path, exit_code: ExitCode) -> None:
    """Number and meaning stand in one row of the table."""
    assert f"| {exit_code.value} | {exit_code.meaning} |" in rows(page)


# --- the configuration --------------------------------------------------------


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    """A row has the setting, its environment variable, and its default."""
    row = row_of(DOCS / "configuration.md", name)
    assert row, f"docs/configuration.md does not know `{name}`"
    variables = VARIABLES | {"registries": MIRROR_VARIABLE}
    assert (f"`{variables[name]}`" if name in variables else " - ") in row or (
        name == "endpoints"
    )
    default: object = Settings.model_fields[name].default
    if isinstance(default, int | float):
        assert f"| {default} |" in row


@pytest.mark.parametrize("name", Endpoints.model_fields)
def test_every_endpoint_is_documented(name: str) -> None:
    """A row has the endpoint, its environment variable, and its default."""
    row = row_of(DOCS / "configuration.md", f"endpoints.{name}")
    assert f"`{ENDPOINT_VARIABLES[name]}`" in row
    assert f"`{Endpoints.model_fields[name].default}`" in row


def test_no_page_invents_a_variable() -> None:
    """Every ``LUPUSREFS_...`` in the documentation is one that is read."""
    # The corpus is the tests' own; README names it where it speaks of them.
    known = {*VARIABLES.values(), *ENDPOINT_VARIABLES.values()}
    known |= {MIRROR_VARIABLE, "LUPUSREFS_CORPUS"}
    for page in PAGES:
        assert set(re.findall(r"LUPUSREFS_[A-Z_]+", read(page))) <= known


def test_the_example_configuration_is_valid(tmp_path: Path) -> None:
    """The TOML of the page is accepted as it stands."""
    toml = re.search(
        r"^```toml\n(.*?)^```$",
        read(DOCS / "configuration.md"),
        re.DOTALL | re.MULTILINE,
    )
    assert toml
    (tmp_path / "lupusrefs.toml").write_text(toml[1], encoding="utf-8")
    settings = Settings.load(environment={}, folder=tmp_path)
    assert settings.timeout_s == 20
    assert settings.endpoints.crossref == "https://crossref.mirror.example.org"


# --- JSON ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *(field.alias or name for name, field in ResolveReport.model_fields.items()),
        *ResolvedReference.model_fields,
        *ErrorWire.model_fields,
        *Status,
    ],
)
def test_every_field_and_status_of_the_report_is_documented(name: str) -> None:
    """Each has a row of its own in docs/json.md."""
    assert row_of(DOCS / "json.md", name)


def test_locations_and_columns_are_documented() -> None:
    """The parts of a location, and the columns of the CSV, are named."""
    assert {*LocationWire.model_fields, *CSV_COLUMNS} <= code(DOCS / "json.md")


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.ServiceError)
        and kind is not errors.ServiceError
    ],
)
def test_every_kind_of_error_is_documented(kind: type[Exception]) -> None:
    """``ServiceUnreachable`` is ``service-unreachable`` in the report."""
    words = re.findall("[A-Z][a-z]+", kind.__name__)
    assert row_of(DOCS / "json.md", "-".join(words).lower())


# --- the file format ----------------------------------------------------------


def date_spellings() -> list[str]:
    """What the table of dates says can be written."""
    section = read(DOCS / "file-format.md").partition("\n## Dates\n")[2]
    table = section.partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line[:2] == "| "]
    return [spelling for cell in cells for spelling in _CODE.findall(cell)]


@pytest.mark.parametrize("spelling", date_spellings())
def test_every_documented_date_is_read(spelling: str) -> None:
    """None is an error, and only what is called a literal is one."""
    text = f"- id: x\n  issued: {spelling}\n"
    loaded = csl_yaml.load(SourceText("dates.yaml", text))
    assert loaded.diagnostics == ()
    issued = loaded.references[0].issued
    assert issued is not None
    is_literal = "press" in spelling or "August" in spelling
    assert (issued.start is None) == is_literal


def test_the_table_of_dates_was_found() -> None:
    """The tests above would pass without a single row."""
    assert {"2021", "2021-08/2021-09", "in press"} <= set(date_spellings())


@pytest.mark.parametrize("name", [*NAME_PARTS, *DATES])
def test_parts_of_names_and_date_variables_are_documented(name: str) -> None:
    """Each is named in code on the page of the file format."""
    assert name in code(DOCS / "file-format.md")


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_the_bibtex_entry_of_every_type_is_documented(kind: str) -> None:
    """The table names the entry that an item of the type becomes."""
    # With a container, because a review or a dictionary's entry stands in something.
    item = Item.model_validate({"id": "x", "type": kind, "container-title": "Y"})
    listed = [row for row in rows(DOCS / "file-format.md") if "| `@" in row]
    row = next((row for row in listed if f"`{kind}`" in row.split("|")[1]), None)
    shown = row or next(row for row in listed if "all others" in row)
    assert f"`@{entry_type(item)}`" in shown.split("|")[2].split(";")[0]


# --- the project's own metadata -----------------------------------------------


def test_citation_file_has_what_the_format_demands() -> None:
    """CFF 1.2.0 demands version, message, title and authors; the version is ours."""
    data = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert data["cff-version"] == "1.2.0"
    assert data["title"] == "lupusrefs"
    assert data["type"] == "software"
    assert data["license"] == "Apache-2.0"
    assert data["version"] == lupusrefs.__version__
    assert data["authors"] == [{"name": "The lupusrefs developers"}]
    assert data["message"]


def test_changelog_has_a_place_for_what_comes() -> None:
    """Keep a Changelog: the unreleased changes stand first."""
    assert re.findall(r"^## (.+)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)[0] == (
        "[Unreleased]"
    )
