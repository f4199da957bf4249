"""Settings: where they come from, what is refused, and what is never shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lupusrefs.config import Endpoints, Settings
from lupusrefs.errors import ConfigError

SECRET = "s3cr3t-token"  # noqa: S105 - not one, but it must not be shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder below a repository, so that no file of this machine is found."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "paper").mkdir()
    return tmp_path / "paper"


def load(
    folder: Path, flags: dict[str, object] | None = None, /, **environment: str
) -> Settings:
    """The settings of a folder, with nothing of this process's environment."""
    return Settings.load(flags, environment, folder)


def refused(
    folder: Path, flags: dict[str, object] | None = None, /, **environment: str
) -> str:
    """Message and hint of the refusal, in one text."""
    with pytest.raises(ConfigError) as caught:
        load(folder, flags, **environment)
    return f"{caught.value} | {caught.value.hint}"


# -- precedence ------------------------------------------------------------------


def test_the_defaults_are_the_public_registries(folder: Path) -> None:
    """Nothing has to be configured (hosts: registries.md 1 to 4)."""
    settings = load(folder)
    assert settings == Settings()
    assert settings.endpoints.crossref == "https://api.crossref.org"
    assert settings.endpoints.datacite == "https://api.datacite.org"
    assert settings.endpoints.doi == "https://doi.org"
    assert settings.mailto is None
    assert settings.sources == ()


def test_each_place_goes_before_the_next(folder: Path) -> None:
    """Flag, environment, lupusrefs.toml, pyproject.toml, default."""
    repository = folder.parent
    assert load(folder).timeout_s == 30
    (repository / "pyproject.toml").write_text(
        "[tool.lupusrefs]\ntimeout_s = 1\nmailto = 'pyproject@example.org'\n"
    )
    assert load(repository).timeout_s == 1
    (repository / "lupusrefs.toml").write_text("timeout_s = 2\n")
    assert load(repository).timeout_s == 2
    # Two files are never mixed (docs/configuration.md).
    assert load(repository).mailto is None
    environment = {"LUPUSREFS_TIMEOUT": "3"}
    assert load(repository, **environment).timeout_s == 3
    assert load(repository, {"timeout_s": 4.0}, **environment).timeout_s == 4
    assert load(repository, {"timeout_s": None}, **environment).timeout_s == 3


def test_every_variable_of_the_environment_is_read(folder: Path) -> None:
    """As docs/configuration.md lists them."""
    settings = load(
        folder,
        LUPUSREFS_MAILTO="ada@example.org",
        LUPUSREFS_CROSSREF_TOKEN=SECRET,
        LUPUSREFS_CACHE_DIR="/var/cache/lupusrefs",
        LUPUSREFS_TIMEOUT="2.5",
        LUPUSREFS_CROSSREF_URL="http://127.0.0.1:1/crossref/",
        LUPUSREFS_DATACITE_URL="http://127.0.0.1:2",
        LUPUSREFS_DOI_URL="http://127.0.0.1:3",
        LUPUSREFS_PUBMED_URL="http://127.0.0.1:4",
        LUPUSREFS_PMC_URL="http://127.0.0.1:5",
        LUPUSREFS_ARXIV_URL="http://[::1]:6",
    )
    assert settings.mailto == "ada@example.org"
    assert settings.crossref_token is not None
    assert settings.crossref_token.get_secret_value() == SECRET
    assert settings.cache_dir == Path("/var/cache/lupusrefs")
    assert settings.timeout_s == 2.5
    assert settings.endpoints == Endpoints(
        crossref="http://127.0.0.1:1/crossref",
        datacite="http://127.0.0.1:2",
        doi="http://127.0.0.1:3",
        pubmed="http://127.0.0.1:4",
        pmc="http://127.0.0.1:5",
        arxiv="http://[::1]:6",
    )


def test_an_empty_variable_counts_as_not_set(folder: Path) -> None:
    """That is how a shell unsets one for a single command."""
    (folder / "lupusrefs.toml").write_text("mailto = 'ada@example.org'\n")
    settings = load(folder, LUPUSREFS_MAILTO="", LUPUSREFS_CROSSREF_URL="")
    assert settings.mailto == "ada@example.org"
    assert settings.endpoints == Endpoints()


def test_one_endpoint_of_the_environment_leaves_the_others_of_the_file(
    folder: Path,
) -> None:
    """They are merged one by one."""
    (folder / "lupusrefs.toml").write_text(
        "[endpoints]\ncrossref = 'http://a.test'\ndoi = 'http://b.test'\n"
    )
    endpoints = load(folder, LUPUSREFS_DOI_URL="http://c.test").endpoints
    assert (endpoints.crossref, endpoints.doi) == ("http://a.test", "http://c.test")
    assert endpoints.datacite == "https://api.datacite.org"


def test_the_process_s_own_environment_and_folder_are_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command does."""
    for name in [name for name in os.environ if name.startswith("LUPUSREFS_")]:
        monkeypatch.delenv(name)
    (folder / "lupusrefs.toml").write_text("max_file_mb = 7\n")
    monkeypatch.setenv("LUPUSREFS_TIMEOUT", "9")
    monkeypatch.chdir(folder)
    expected = Settings(timeout_s=9, max_file_mb=7)
    assert Settings.load().model_dump() == expected.model_dump()


# -- the search for a file -------------------------------------------------------


def test_the_nearest_file_upwards_counts(folder: Path) -> None:
    """Also when the search begins at a relative folder."""
    (folder.parent / "lupusrefs.toml").write_text("max_file_mb = 1\n")
    assert load(folder).max_file_mb == 1
    (folder / "lupusrefs.toml").write_text("max_file_mb = 2\n")
    assert load(folder).max_file_mb == 2


def test_a_relative_folder_is_searched_upwards_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Path(".")` has no parents of its own."""
    (folder.parent / "lupusrefs.toml").write_text("max_file_mb = 1\n")
    monkeypatch.chdir(folder)
    assert load(Path()).max_file_mb == 1


def test_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    """A stray file in a home folder is not this project's; a worktree has a file."""
    (tmp_path / "lupusrefs.toml").write_text("max_file_mb = 1\n")
    for name in ("clone", "worktree"):
        (tmp_path / name / "paper").mkdir(parents=True)
    (tmp_path / "clone" / ".git").mkdir()
    (tmp_path / "worktree" / ".git").write_text("gitdir: elsewhere\n")
    assert load(tmp_path / "clone" / "paper").max_file_mb == 100
    assert load(tmp_path / "worktree" / "paper").max_file_mb == 100
    (tmp_path / "clone" / "lupusrefs.toml").write_text("max_file_mb = 2\n")
    assert load(tmp_path / "clone" / "paper").max_file_mb == 2


@pytest.mark.parametrize("text", ["", "[tool.ruff]\n", "tool = 5\n", "[project]\n"])
def test_a_pyproject_without_our_table_is_passed_by(folder: Path, text: str) -> None:
    """The search goes on above it."""
    (folder / "pyproject.toml").write_text(text)
    (folder.parent / "lupusrefs.toml").write_text("max_file_mb = 1\n")
    assert load(folder).max_file_mb == 1


def test_an_empty_lupusrefs_toml_ends_the_search(folder: Path) -> None:
    """It says: the defaults, here."""
    (folder / "lupusrefs.toml").touch()
    (folder.parent / "lupusrefs.toml").write_text("max_file_mb = 1\n")
    assert load(folder).max_file_mb == 100


# -- refusals --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail_to = 'a@b.c'", ["no setting `mail_to`", "mailto"]),
        ("[endpoints]\ncrosref = 'http://a'", ["`endpoints.crosref`", "crossref"]),
        ("[endpoints]\ncrossref = 'ftp://a'", ["`endpoints.crossref`", "http://"]),
        ("[endpoints]\ncrossref = 'crossref.org'", ["`endpoints.crossref`", "https:"]),
        ("[endpoints]\ncrossref = 'http://'", ["`endpoints.crossref`", "URL"]),
        ("[endpoints]\ncrossref = 'http://[::1'", ["`endpoints.crossref`", "IPv6"]),
        ("[endpoints]\ncrossref = 'http://a:99999'", ["`endpoints.crossref`", "Port"]),
        ("[endpoints]\ncrossref = 5", ["`endpoints.crossref`", "string"]),
        ("endpoints = 5", ["`endpoints`", "must be a table"]),
        ("mailto = 'ada'", ["`mailto`", "ada@example.org"]),
        ("mailto = 'ada@localhost'", ["`mailto`", "ada@example.org"]),
        ("mailto = '@example.org'", ["`mailto`", "ada@example.org"]),
        ("mailto = 'a b@example.org'", ["`mailto`", "ada@example.org"]),
        ("mailto = 'a@b@example.org'", ["`mailto`", "ada@example.org"]),
        ("mailto = 'Ada <ada@example.org>'", ["`mailto`", "ada@example.org"]),
        ('mailto = "a\\u0007@example.org"', ["`mailto`", "printable"]),
        ("mailto = 'ädä@example.org'", ["`mailto`", "ASCII"]),
        ("mailto = true", ["`mailto`", "string"]),
        ("timeout_s = 0", ["`timeout_s`", "greater than 0"]),
        ("timeout_s = 3601", ["`timeout_s`", "3600"]),
        ("timeout_s = nan", ["`timeout_s`"]),
        ("timeout_s = 'soon'", ["`timeout_s`", "number"]),
        ("max_file_mb = 0", ["`max_file_mb`", "greater than 0"]),
        ("max_file_mb = 1.5", ["`max_file_mb`", "integer"]),
        ("sources = 'refs.yaml'", ["`sources`", "must be a list"]),
        ("sources = [1]", ["`sources.0`", "string"]),
        ("cache_dir = 5", ["`cache_dir`", "path"]),
    ],
)
def test_a_refusal_names_the_setting_and_the_file(
    folder: Path, text: str, says: list[str]
) -> None:
    """And what would have been right."""
    (folder.parent / "lupusrefs.toml").write_text(text + "\n", encoding="utf-8")
    told = refused(folder)
    assert [words for words in says if words not in told] == []
    assert str(folder.parent / "lupusrefs.toml") in told


def test_a_refusal_names_the_pyproject(folder: Path) -> None:
    """The settings of its table are the same."""
    (folder / "pyproject.toml").write_text("[tool.lupusrefs]\nmailto = 'x'\n")
    told = refused(folder)
    assert "`mailto`" in told
    assert str(folder / "pyproject.toml") in told


@pytest.mark.parametrize(
    ("variable", "value", "setting"),
    [
        ("LUPUSREFS_MAILTO", "ada", "`mailto`"),
        ("LUPUSREFS_TIMEOUT", "soon", "`timeout_s`"),
        ("LUPUSREFS_CROSSREF_URL", "crossref", "`endpoints.crossref`"),
        ("LUPUSREFS_ARXIV_URL", "http://a:x", "`endpoints.arxiv`"),
    ],
)
def test_a_refusal_names_the_variable_and_not_the_file(
    folder: Path, variable: str, value: str, setting: str
) -> None:
    """The file has the same setting, and it is right."""
    (folder / "lupusrefs.toml").write_text(
        "mailto = 'ada@example.org'\ntimeout_s = 1\n"
        "[endpoints]\ncrossref = 'http://a.test'\narxiv = 'http://b.test'\n"
    )
    told = refused(folder, **{variable: value})
    assert setting in told
    assert variable in told
    assert "lupusrefs.toml" not in told


def test_a_refusal_names_the_command_line(folder: Path) -> None:
    """The variable is right: nobody should look there."""
    told = refused(folder, {"mailto": "ada"}, LUPUSREFS_MAILTO="ada@example.org")
    assert "`mailto`" in told
    assert "the command line" in told
    assert "LUPUSREFS_MAILTO" not in told


@pytest.mark.parametrize("url", ["https://ada:pw@a.test", "https://:pw@a.test"])
def test_a_url_with_a_password_is_refused_and_not_repeated(
    folder: Path, url: str
) -> None:
    """It would end in logs, messages and the store."""
    told = refused(folder, LUPUSREFS_DOI_URL=url)
    assert "must not contain a user name or password" in told
    assert "LUPUSREFS_DOI_URL" in told
    assert "pw" not in told


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a = = 5\n", "not valid TOML"),
        (b"[tool\n", "line 1"),
        (b"mailto = 'a'\nmailto = 'b'\n", "line 2"),
        (b"mailto = '\xff'\n", "cannot be read"),
    ],
)
@pytest.mark.parametrize("name", ["lupusrefs.toml", "pyproject.toml"])
def test_a_broken_file_is_named(
    folder: Path, name: str, data: bytes, says: str
) -> None:
    """A broken pyproject.toml too: our settings may be in it."""
    (folder / name).write_bytes(data)
    told = refused(folder)
    assert says in told
    assert str(folder / name) in told


@pytest.mark.parametrize("value", ["5", "'text'", "[1]", "true"])
def test_our_table_must_be_a_table(folder: Path, value: str) -> None:
    """`lupusrefs = 5` below `[tool]` once ended in a traceback."""
    (folder / "pyproject.toml").write_text(f"[tool]\nlupusrefs = {value}\n")
    told = refused(folder)
    assert "`tool.lupusrefs` must be a table" in told
    assert str(folder / "pyproject.toml") in told


# -- the token -------------------------------------------------------------------


def test_the_token_is_never_shown(folder: Path) -> None:
    """Not by repr, str, a dump or a log of the settings."""
    settings = load(folder, LUPUSREFS_CROSSREF_TOKEN=SECRET)
    shown = f"{settings!r} {settings} {settings.model_dump()} "
    assert SECRET not in shown + settings.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        f"crossref_token = ['{SECRET}']",
        f"crossref_token = '{SECRET}\\u00fc'".replace("'", '"'),
        f'crossref_token = "{SECRET}\\n{SECRET}"',
        f"crossref_tokn = '{SECRET}'",
        f"crossref_token = '{SECRET}'\nmailto = 'ada'",
        f"crossref_token = '{SECRET}'\ntimeout_s = '{SECRET}'",
        f"crossref_token = {SECRET}",
    ],
)
def test_a_refusal_never_repeats_the_token(folder: Path, text: str) -> None:
    """Whatever is wrong with it, or beside it."""
    (folder / "lupusrefs.toml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(folder)
    shown = f"{caught.value!r} {caught.value} {caught.value.hint}"
    assert SECRET not in shown
    assert str(folder / "lupusrefs.toml") in shown


def test_an_ignore_knows_the_file_it_is_written_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As seen from the current folder: code hosts take no finding without a file."""
    text = '[[ignore]]\nrule = "retracted"\nreason = "x"\n'
    (folder / "lupusrefs.toml").write_text(text)
    monkeypatch.chdir(folder)
    (ignore,) = Settings.load(environment={}).ignores
    assert str(ignore.location) == "lupusrefs.toml"


def test_a_rule_that_there_is_not_is_named_as_in_the_file(folder: Path) -> None:
    """Without the validator's own words for places."""
    text = '[severity]\nyear-missmatch = "off"\n'
    (folder / "lupusrefs.toml").write_text(text, encoding="utf-8")
    assert refused(folder).startswith("the setting `severity.year-missmatch` has")


# -- mirrors ---------------------------------------------------------------------


def test_mirrors_of_every_place_are_asked_in_their_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the command line, of the environment, of the file; each once."""
    monkeypatch.chdir(folder)
    (folder.parent / "lupusrefs.toml").write_text(
        'registries = ["crossref", "mirror:../mirrors/one", "mirror:/two", '
        '"mirror:~/three", "mirror:s3://bucket/four", "datacite", "doi.org"]\n'
    )
    configured = (
        str(folder.parent / "../mirrors/one"),
        "/two",
        "~/three",
        "s3://bucket/four",
    )
    assert load(folder).mirrors == configured
    settings = load(folder, {"mirror": ["a", "/two"]}, LUPUSREFS_MIRROR="mirror:b")
    assert settings.mirrors == ("a", "/two", "b", *configured[:1], *configured[2:])
    assert load(folder, {"mirror": None}).mirrors == configured
    assert load(folder, {"mirror": []}, LUPUSREFS_MIRROR="").mirrors == configured


def test_a_mirror_beside_the_file_is_shown_from_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As its user would name it."""
    monkeypatch.chdir(folder)
    (folder / "lupusrefs.toml").write_text('registries = ["mirror: mirror "]\n')
    assert load(folder).mirrors == ("mirror",)


def test_without_a_mirror_there_is_none(folder: Path) -> None:
    """The public registries are asked whether they are named or not."""
    assert load(folder).mirrors == ()
    (folder / "lupusrefs.toml").write_text('registries = ["datacite"]\n')
    assert load(folder).mirrors == ()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('registries = ["pubmed"]', "`pubmed` is no registry; known: crossref, data"),
        ('registries = ["mirrors"]', "mirror:DIR"),
        ('registries = ["doi.org", "mirror: "]', "names no folder"),
        ('registries = "mirror:here"', "must be a list"),
        ("registries = [1]", "registries.0"),
        ('mirror = ["here"]', "there is no setting `mirror`"),
    ],
)
def test_an_impossible_registry_is_refused(folder: Path, toml: str, said: str) -> None:
    """With what is known, and the file where it stands."""
    (folder / "lupusrefs.toml").write_text(f"{toml}\n")
    message = refused(folder)
    assert said in message
    assert "lupusrefs.toml" in message
    # A mirror of another place does not hide it.
    assert said.partition(".0")[0] in refused(folder, {"mirror": ["here"]})


def test_an_empty_mirror_is_refused_where_it_was_named(folder: Path) -> None:
    """On the command line or in the environment."""
    (folder / "lupusrefs.toml").write_text('registries = ["mirror:right"]\n')
    assert "command line" in refused(folder, {"mirror": ["a", ""]})
    message = refused(folder, {"mirror": ["a"]}, LUPUSREFS_MIRROR=" ")
    assert "LUPUSREFS_MIRROR" in message
