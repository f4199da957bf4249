"""``lupusrefs fix``: what it shows, asks, writes and says, and its exit codes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.invoke import Invoke
from lupusrefs.checker import Checked
from lupusrefs.commands.session import Session
from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.errors import Offline
from lupusrefs.findings import Change, Finding
from lupusrefs.lock import Lock
from lupusrefs.model.outcome import NoIdentifier, Outcome, Unavailable
from lupusrefs.model.reference import Reference
from lupusrefs.sources import SEEDS, Sources, seed_path

BIB = """@misc{a,
  title = {Ä},
}

@misc{b,
  title = {B},
}
"""
Checks = Callable[[Reference], tuple[list[Finding], Outcome]]


def checks(reference: Reference) -> tuple[list[Finding], Outcome]:
    """One safe fix, one proposal, one finding without either."""
    volume = safe_fix(Change("volume", "3"))
    page = proposal(Change("page", "7"))
    findings = [finding("corrected", reference, "a correction was published")]
    if reference.volume is None:
        findings.append(finding("field-missing", reference, "no volume", fix=volume))
    if reference.page is None:
        findings.append(finding("page-mismatch", reference, "page\n7", fix=page))
    findings.append(finding("retracted", reference, "the work was retracted"))
    return findings, NoIdentifier()


CHECK = Session.check


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, checks)
    Path("refs.bib").parent.mkdir(exist_ok=True)


def use(monkeypatch: pytest.MonkeyPatch, made_up: Checks) -> None:
    """Have references checked by a function, whatever the registries say."""

    def check(
        _: Session, read: Sources, *__: object, **___: object
    ) -> Iterator[Checked]:
        for one in read.references:
            findings, outcome = made_up(one)
            yield Checked(one, outcome, None, tuple(findings))

    monkeypatch.setattr(Session, "check", check)


def test_a_diff_is_shown_and_nothing_done(invoke: Invoke) -> None:
    """With the rule beside each hunk; what is left is said on standard error."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = invoke("fix", "refs.bib")
    assert shown.code == 1
    assert shown.out == (
        "--- a/refs.bib\n+++ b/refs.bib\n"
        "@@ -1,7 +1,9 @@ field-missing: no volume\n"
        " @misc{a,\n   title = {Ä},\n+  volume = {3},\n }\n \n"
        " @misc{b,\n   title = {B},\n+  volume = {3},\n }\n"
    )
    assert "note: 2 repairs: make with --write\n" in shown.err
    assert (
        "2 proposals are left out, to be seen with --unsafe: page-mismatch" in shown.err
    )
    assert "there is no fix for `retracted`: a, b" in shown.err
    assert "corrected" not in shown.err
    assert Path("refs.bib").read_text(encoding="utf-8") == BIB
    assert "`corrected`" in invoke("fix", "refs.bib", "-v").err
    assert invoke("fix", "refs.bib", "-q").err == ""


def test_the_diff_is_what_is_written(invoke: Invoke) -> None:
    """Byte by byte, in a file that is no UTF-8; a second run proposes nothing."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    before = BIB.replace("\n", "\r\n").encode("latin-1")
    Path("refs.bib").write_bytes(before)
    patch = invoke("fix", "refs.bib", "--unsafe").out.encode("utf-8", "surrogateescape")
    written = invoke("fix", "refs.bib", "--unsafe", "--write")
    assert (written.code, written.out) == (0, "")
    assert "made 4 repairs in refs.bib: a, b" in written.err
    after = Path("refs.bib").read_bytes()
    assert after.count(b"\r\n") == before.count(b"\r\n") + 4
    again = invoke("fix", "refs.bib", "--unsafe")
    assert (again.code, again.out) == (0, "")
    Path("refs.bib").write_bytes(before)
    subprocess.run(["git", "apply", "-"], input=patch, check=True)
    assert Path("refs.bib").read_bytes() == after


def test_only_some_rules(invoke: Invoke) -> None:
    """By commas or again and again; an unknown one is told with the nearest."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    assert invoke("fix", "refs.bib", "--only", "retracted").code == 0
    both = ("--only", "retracted,page-mismatch", "--only", "corrected", "--unsafe")
    assert "volume" not in invoke("fix", "refs.bib", *both).out
    wrong = invoke("fix", "refs.bib", "--only", "page-mismatched")
    assert wrong.code == 2
    assert "did you mean `page-mismatch`?" in wrong.err
    assert "there is no rule `xyz`" in invoke("fix", "refs.bib", "--only", "xyz").err


def test_what_cannot_be_mended_is_told(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its place and the reason; it is left to be done."""
    Path("refs.bib").write_text(
        "@string{p = {P}}\n@book{a, publisher = p}\n", encoding="utf-8"
    )

    def made_up(reference: Reference) -> tuple[list[Finding], Outcome]:
        fix = safe_fix(Change("publisher", "Q"))
        return [finding("publisher-mismatch", reference, "m", fix=fix)], NoIdentifier()

    use(monkeypatch, made_up)
    shown = invoke("fix", "refs.bib", "--write")
    assert shown.code == 1
    expected = (
        "refs.bib:2:1: `publisher-mismatch` cannot be mended here: `publisher` is"
    )
    assert expected in shown.err


def test_exit_codes(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unread input first, then what there is to do, then what was not asked."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    assert invoke("fix", "nothing.bib").code == 3

    def offline(_: Reference) -> tuple[list[Finding], Outcome]:
        error = Offline("offline", service="crossref", url="")
        return [], Unavailable("10.1000/x", error)

    use(monkeypatch, offline)
    assert invoke("fix", "refs.bib").code == 4


@pytest.mark.parametrize(
    ("answers", "made", "never"),
    [
        ("y\nn\n", ["a"], []),
        ("what?\nno\nyes\n", ["b"], []),
        ("all\n", ["a", "b"], []),
        ("q\n", [], []),
        ("", [], []),
        ("v\ny\n", ["b"], ["a"]),
    ],
)
def test_asking(
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    made: list[str],
    never: list[str],
) -> None:
    """For each repair, which is shown; what is said yes to is written."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    shown = invoke("fix", "refs.bib", "--interactive", stdin=answers.encode())
    assert shown.code == 0
    assert "[y]es" in shown.err
    text = Path("refs.bib").read_text(encoding="utf-8")
    entries = dict(zip("ab", text.split("\n\n"), strict=True))
    assert [key for key, entry in entries.items() if "volume" in entry] == made
    kept = Path("refs.lock")
    lock = Lock.load(kept) if kept.exists() else Lock(kept)
    dismissed = {key for key, one in lock.references.items() if one.dismissed}
    assert sorted(dismissed) == never


def test_never_for_a_key_is_for_all_of_it(invoke: Invoke) -> None:
    """Its other repairs are not even asked about."""
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    asked = ("fix", "refs.bib", "--interactive", "--unsafe")
    shown = invoke(*asked, stdin=b"never\nn\nn\n")
    assert shown.err.count("[y]es") == 3


def test_the_seeds(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the bundled snapshot: what is out of date; a second run finds nothing."""
    monkeypatch.setattr(Session, "check", CHECK)
    path = Path.cwd() / SEEDS
    path.write_bytes(seed_path().read_bytes())
    shown = invoke("fix", str(path), "--offline", "--unsafe")
    assert "-  status: Online ahead of print\n+  volume: 28\n" in shown.out
    assert "-  issued: 2007\n+  issued: 2010\n" in shown.out
    invoke("fix", str(path), "--offline", "--unsafe", "--write")
    assert invoke("fix", str(path), "--offline", "--unsafe").out == ""
