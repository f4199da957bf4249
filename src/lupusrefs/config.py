"""Settings: flag > environment > lupusrefs.toml or [tool.lupusrefs] > default."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)

from lupusrefs.errors import ConfigError
from lupusrefs.findings import RULES, unknown_rule
from lupusrefs.model.location import Location
from lupusrefs.policy import FailOn, Ignore, Level, Profile, known_rule

# ``s3://bucket/mirror``, ``simplecache::s3://bucket/mirror``; no drive of Windows.
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?://|:)")
_FROZEN: Final = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def is_url(location: str) -> bool:
    """Whether a location is a URL, and not a path of this machine."""
    return _URL.match(location) is not None


def _http_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http:// or https:// URL")
    if parts.username or parts.password:
        raise ValueError("must not contain a user name or password")
    _ = parts.port  # reading it is how urlsplit checks it
    return url.rstrip("/")


def _mail_address(text: str) -> str:
    local, at, domain = text.partition("@")
    if not (local and at and "." in domain) or any(
        c in " <>()@" for c in local + domain
    ):
        raise ValueError("must be a mail address such as ada@example.org")
    return _header_text(text)


def _header_text(text: str) -> str:
    """What an HTTP header can carry (RFC 9110, section 5.5): here, printable ASCII."""
    if not (text.isascii() and text.isprintable()):
        raise ValueError("must be printable ASCII, because it is sent in a header")
    return text


def _header_secret(secret: SecretStr) -> SecretStr:
    _header_text(secret.get_secret_value())
    return secret


Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$")]
Url = Annotated[str, AfterValidator(_http_url)]


class Endpoints(BaseModel):
    """Base URLs of the registries; change them for a mirror, a proxy or a test."""

    model_config = _FROZEN

    crossref: Url = "https://api.crossref.org"
    datacite: Url = "https://api.datacite.org"
    doi: Url = "https://doi.org"
    pubmed: Url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    pmc: Url = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1"
    arxiv: Url = "https://export.arxiv.org/api"


def _rule_or_any(rule: str) -> str:
    return rule if known_rule(rule) else _rule(rule)


def _rule(rule: str) -> str:
    if rule in RULES:
        return rule
    raise ValueError("; ".join(unknown_rule(rule)))


# Asked in an order of their own, behind the mirrors, whether they are named or not.
PUBLIC_REGISTRIES: Final = ("crossref", "datacite", "doi.org")
_MIRROR: Final = "mirror:"


def _registry(entry: str) -> str:
    if entry in PUBLIC_REGISTRIES:
        return entry
    if not entry.startswith(_MIRROR):
        known = ", ".join((*PUBLIC_REGISTRIES, f"{_MIRROR}DIR"))
        raise ValueError(f"`{entry}` is no registry; known: {known}")
    if not entry.removeprefix(_MIRROR).strip():
        raise ValueError(f"`{entry}` names no folder: write {_MIRROR}DIR")
    return entry


def _reason(reason: str) -> str:
    if not reason:
        raise ValueError("must say why")
    return reason


RuleName = Annotated[str, AfterValidator(_rule)]
RuleOrAny = Annotated[str, AfterValidator(_rule_or_any)]
RegistryEntry = Annotated[str, AfterValidator(_registry)]


class IgnoreSetting(BaseModel):
    """One entry of ``ignore``: a finding that the project has decided to live with.

    Attributes:
        rule: the id of a rule, or ``*`` for all but the retractions.
        reason: why.
        key: the citation key, in which ``*`` stands for anything.
        until: the last day on which it counts.
    """

    model_config = _FROZEN

    rule: RuleOrAny
    reason: Annotated[str, AfterValidator(_reason)]
    key: str = "*"
    until: date | None = None

    def to_ignore(self, location: Location | None = None) -> Ignore:
        """The same for a policy.

        Args:
            location: where it is written.
        """
        return Ignore(self.rule, self.reason, self.key, self.until, location=location)


class Settings(BaseModel):
    """Everything that can be set, checked and frozen.

    Attributes:
        endpoints: base URLs of the registries.
        mailto: your mail address; puts requests into Crossref's polite pool, which
            is three times as fast, and lets a registry reach you.
        crossref_token: key of a Crossref Metadata Plus subscription.
        registries: ``mirror:`` and the folder or URL of a mirror, for every mirror in
            the order in which they are asked; the public registries may be named.
        sources: reference files to use when none is named.
        cache_dir: folder of the store; default is the platform's cache folder.
        timeout_s: seconds one request may take.
        max_file_mb: largest input file that is read, in megabytes.
        profile: a set of severities: ``strict``, ``default`` or ``lenient``.
        severity: rule -> ``error``, ``warning``, ``info`` or ``off``.
        fail_on: from which severity on ``check`` ends with exit code 1.
        ignore: findings that the project has decided to live with.
        baseline: file of the findings that are known, and do not count.
        lock: file of what was registered when ``--write-lock`` was last used.
        style: the CSL style of ``render`` and ``cite``: an id, a title, a file.
        locale: the language of ``render`` and ``cite``, such as ``de-DE``; default is
            the style's own.
    """

    model_config = _FROZEN

    endpoints: Endpoints = Endpoints()
    mailto: Annotated[str, AfterValidator(_mail_address)] | None = None
    crossref_token: Annotated[SecretStr, AfterValidator(_header_secret)] | None = None
    registries: tuple[RegistryEntry, ...] = ()
    sources: tuple[str, ...] = ()
    cache_dir: Path | None = None
    timeout_s: Annotated[float, Field(gt=0, le=3600)] = 30.0
    max_file_mb: Annotated[int, Field(gt=0)] = 100
    profile: Profile = Profile.DEFAULT
    severity: dict[RuleName, Level] = Field(default_factory=dict)
    fail_on: FailOn = FailOn.ERROR
    ignore: tuple[IgnoreSetting, ...] = ()
    baseline: Path | None = None
    lock: Path = Path("refs.lock")
    style: Annotated[str, Field(min_length=1)] = "apa"
    locale: (
        Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$")] | None
    ) = None
    _file: Path | None = PrivateAttr(default=None)

    @property
    def mirrors(self) -> tuple[str, ...]:
        """Where the mirrors are, in the order in which they are asked."""
        entries = (e for e in self.registries if e.startswith(_MIRROR))
        return tuple(dict.fromkeys(e.removeprefix(_MIRROR).strip() for e in entries))

    @property
    def ignores(self) -> tuple[Ignore, ...]:
        """``ignore`` for a policy, each at the file that it is written in."""
        location = Location.of_file(_shown(self._file)) if self._file else None
        return tuple(one.to_ignore(location) for one in self.ignore)

    @classmethod
    def load(
        cls,
        flags: Mapping[str, object] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Self:
        """Merge flags, environment and the configuration file over the defaults.

        Args:
            flags: setting -> value; None values count as not given. ``mirror`` is a
                list of mirrors that go before those that are set elsewhere.
            environment: default is the process's own.
            folder: where the search for a configuration file begins.

        Raises:
            ConfigError: a value is impossible, a key unknown, the file not TOML.
        """
        env = os.environ if environment is None else environment
        path, from_file = _read_file((folder or Path.cwd()).absolute())
        given = {k: v for k, v in (flags or {}).items() if v is not None}
        mirrors = [(one, "the command line") for one in _texts(given.pop("mirror", ()))]
        if place := env.get(MIRROR_VARIABLE):
            mirrors.append((place, MIRROR_VARIABLE))
        variables = {name: key for name, key in VARIABLES.items() if env.get(key)}
        urls = {name: key for name, key in ENDPOINT_VARIABLES.items() if env.get(key)}
        merged: dict[str, object] = dict(from_file)
        endpoints = merged.get("endpoints", {})
        if isinstance(endpoints, dict):
            named = {name: env[key] for name, key in urls.items()}
            merged["endpoints"] = {**endpoints, **named}
        merged |= {name: env[key] for name, key in variables.items()} | given
        places = {f"endpoints.{name}": key for name, key in urls.items()}
        _put_first(mirrors, merged)
        places |= {f"registries.{at}": place for at, (_, place) in enumerate(mirrors)}
        places |= variables | dict.fromkeys(given, "the command line")
        try:
            settings = cls.model_validate(merged)
        except ValidationError as error:
            raise _config_error(error, places, path) from None
        settings._file = path  # noqa: SLF001 - of this very class
        return settings


VARIABLES: Final = {
    "mailto": "LUPUSREFS_MAILTO",
    "crossref_token": "LUPUSREFS_CROSSREF_TOKEN",
    "cache_dir": "LUPUSREFS_CACHE_DIR",
    "timeout_s": "LUPUSREFS_TIMEOUT",
}
MIRROR_VARIABLE: Final = "LUPUSREFS_MIRROR"
ENDPOINT_VARIABLES: Final = {
    name: f"LUPUSREFS_{name.upper()}_URL" for name in Endpoints.model_fields
}


def _put_first(mirrors: Sequence[tuple[str, str]], settings: dict[str, object]) -> None:
    """Put mirrors, and who named each, before the registries that a file names."""
    entries = [f"{_MIRROR}{one.removeprefix(_MIRROR)}" for one, _ in mirrors]
    configured = settings.get("registries", ())
    if entries and isinstance(configured, list | tuple):  # else it is refused
        settings["registries"] = [*entries, *configured]


def _texts(value: object) -> Sequence[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else ()


def _anchored(settings: dict[str, object], folder: Path) -> dict[str, object]:
    """The settings of a file with its mirrors found from the file's folder."""
    entries = settings.get("registries")
    if not isinstance(entries, list):
        return settings
    return settings | {"registries": [_anchored_entry(one, folder) for one in entries]}


def _anchored_entry(entry: object, folder: Path) -> object:
    if not isinstance(entry, str) or not entry.strip().startswith(_MIRROR):
        return entry
    place = entry.strip().removeprefix(_MIRROR).strip()
    # The home folder; and what is empty is refused as it is.
    if not place or is_url(place) or place.startswith("~"):
        return entry
    return f"{_MIRROR}{_shown(folder / place)}"


def _read_file(folder: Path) -> tuple[Path | None, dict[str, object]]:
    """The nearest configuration upwards from ``folder``, not beyond a repository."""
    for place in (folder, *folder.parents):
        for name in ("lupusrefs.toml", "pyproject.toml"):
            found = _read_toml(place / name)
            if name == "pyproject.toml":
                found = _own_table(found or {}, place / name)
            if found is not None:
                return place / name, _anchored(found, place)
        if (place / ".git").exists():
            break
    return None, {}


def _shown(path: Path) -> str:
    """The path from the current folder, if it is below it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _read_toml(path: Path) -> dict[str, object] | None:
    if not path.is_file():
        return None
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        hint = "the format is described at https://toml.io"
        raise ConfigError(f"{path} is not valid TOML: {error}", hint=hint) from None


# pydantic names the types of Python, the file has those of TOML.
_TOML_WORDS: Final = {"model_type": "must be a table", "tuple_type": "must be a list"}


def _own_table(data: dict[str, object], path: Path) -> dict[str, object] | None:
    """``[tool.lupusrefs]`` of a ``pyproject.toml``, or None."""
    tool = data.get("tool")
    own = tool.get("lupusrefs") if isinstance(tool, dict) else None
    if own is None or isinstance(own, dict):
        return own
    hint = f"write settings below a line [tool.lupusrefs] in {path}"
    raise ConfigError("`tool.lupusrefs` must be a table", hint=hint)


_GROUPS: Final[Mapping[str, type[BaseModel]]] = {
    "endpoints": Endpoints,
    "ignore": IgnoreSetting,
}


def _config_error(
    error: ValidationError, places: Mapping[str, str], path: Path | None
) -> ConfigError:
    """The first problem; never the value, which may be a secret.

    Args:
        error: what pydantic found.
        places: setting -> where its value comes from, if not from the file.
        path: the configuration file.
    """
    first = error.errors(include_url=False, include_input=False)[0]
    # "[key]" is the validator's word for the key of a table itself.
    key = ".".join(str(part) for part in first["loc"] if part != "[key]")
    place = places.get(key) or str(path or "")
    if first["type"] == "extra_forbidden":
        group = _GROUPS.get(str(first["loc"][0]), Settings)
        known = ", ".join(sorted(group.model_fields))
        return ConfigError(
            f"there is no setting `{key}`", hint=f"look at {place}; known: {known}"
        )
    message = first["msg"].removeprefix("Value error, ")
    message = _TOML_WORDS.get(first["type"], message)
    return ConfigError(
        f"the setting `{key}` has an impossible value: {message}",
        hint=f"look at {place}",
    )
