"""Settings: flag > environment > lupusrefs.toml or [tool.lupusrefs] > default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from lupusrefs.errors import ConfigError

_FROZEN: Final = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _http_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http:// or https:// URL")
    if parts.username or parts.password:
        raise ValueError("must not contain a user name or password")
    return url.rstrip("/")


def _mail_address(text: str) -> str:
    local, at, domain = text.partition("@")
    if not (local and at and "." in domain) or any(
        c.isspace() or c in "<>()" for c in text
    ):
        raise ValueError("must be a mail address such as ada@example.org")
    return text


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


class Settings(BaseModel):
    """Everything that can be set, checked and frozen.

    Attributes:
        endpoints: base URLs of the registries.
        mailto: your mail address; puts requests into Crossref's polite pool, which
            is three times as fast, and lets a registry reach you.
        crossref_token: key of a Crossref Metadata Plus subscription.
        sources: reference files to use when none is named.
        cache_dir: folder of the store; default is the platform's cache folder.
        timeout_s: seconds one request may take.
        max_file_mb: largest input file that is read, in megabytes.
    """

    model_config = _FROZEN

    endpoints: Endpoints = Endpoints()
    mailto: Annotated[str, AfterValidator(_mail_address)] | None = None
    crossref_token: SecretStr | None = None
    sources: tuple[str, ...] = ()
    cache_dir: Path | None = None
    timeout_s: Annotated[float, Field(gt=0, le=3600)] = 30.0
    max_file_mb: Annotated[int, Field(gt=0)] = 100

    @classmethod
    def load(
        cls,
        flags: Mapping[str, object] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Self:
        """Merge flags, environment and the configuration file over the defaults.

        Args:
            flags: setting -> value; None values count as not given.
            environment: default is the process's own.
            folder: where the search for a configuration file begins.

        Raises:
            ConfigError: a value is impossible, a key unknown, the file not TOML.
        """
        env = os.environ if environment is None else environment
        path, from_file = _read_file(folder or Path.cwd())
        merged: dict[str, object] = dict(from_file)
        endpoints = merged.get("endpoints", {})
        if isinstance(endpoints, dict):
            urls = {
                name: env[key]
                for name, key in ENDPOINT_VARIABLES.items()
                if env.get(key)
            }
            merged["endpoints"] = {**endpoints, **urls}
        merged |= {name: env[key] for name, key in VARIABLES.items() if env.get(key)}
        merged |= {k: v for k, v in (flags or {}).items() if v is not None}
        try:
            return cls.model_validate(merged)
        except ValidationError as error:
            raise _config_error(error, path) from None


VARIABLES: Final = {
    "mailto": "LUPUSREFS_MAILTO",
    "crossref_token": "LUPUSREFS_CROSSREF_TOKEN",
    "cache_dir": "LUPUSREFS_CACHE_DIR",
    "timeout_s": "LUPUSREFS_TIMEOUT",
}
ENDPOINT_VARIABLES: Final = {
    name: f"LUPUSREFS_{name.upper()}_URL" for name in Endpoints.model_fields
}


def _read_file(folder: Path) -> tuple[Path | None, dict[str, object]]:
    """The nearest configuration upwards from ``folder``, not beyond a repository."""
    for place in (folder, *folder.parents):
        for name in ("lupusrefs.toml", "pyproject.toml"):
            found = _read_toml(place / name)
            if name == "pyproject.toml":
                tool = found.get("tool", {}) if found else {}
                found = tool.get("lupusrefs") if isinstance(tool, dict) else None
            if found is not None:
                return place / name, found
        if (place / ".git").exists():
            break
    return None, {}


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


def _config_error(error: ValidationError, path: Path | None) -> ConfigError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    name = str(first["loc"][-1])
    setters = [VARIABLES.get(name), ENDPOINT_VARIABLES.get(name), str(path or "")]
    where = " or ".join(place for place in setters if place)
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted({*Settings.model_fields, *VARIABLES}))
        return ConfigError(f"there is no setting `{key}`", hint=f"known: {known}")
    return ConfigError(
        f"the setting `{key}` has an impossible value: {message}",
        hint=f"look at {where}" if where else None,
    )
