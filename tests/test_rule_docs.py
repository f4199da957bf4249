"""Every rule is documented: in words, and by an example that is real."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lupusrefs.findings import RULES, Group, Rule
from lupusrefs.model.work import Work
from lupusrefs.reports.explanation import rule_explanation
from lupusrefs.rule_texts import RuleText, rule_texts
from lupusrefs.store import EXPORT_SCHEMA, Store
from rule_pages import sections

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"
EXAMPLES = ROOT / "docs" / "examples"
ANSWERS = sorted(EXAMPLES.glob("*.jsonl"))

_TEST_DOI = re.compile(r"10\.(?:5555|5072)/")
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def page() -> str:
    """The page of rules."""
    return PAGE.read_text(encoding="utf-8")


def shown(rule: Rule) -> str:
    """What the example of a rule prints."""
    return "\n".join(_CONSOLE.findall(sections(page())[rule.id]))


def of_fix(rule: Rule) -> str:
    """What ``fix`` prints in the example of a rule; nothing where it is not run."""
    return shown(rule).partition("$ lupusrefs fix ")[2]


def test_every_rule_has_a_text_in_the_order_of_the_rules() -> None:
    """Nobody asks ``explain`` in vain, and no text is of a rule that there is not."""
    assert list(rule_texts()) == list(RULES)


@pytest.mark.parametrize("text", rule_texts().values(), ids=rule_texts())
@pytest.mark.parametrize("name", ["why", "silent", "mend"])
def test_texts_are_whole_sentences(text: RuleText, name: str) -> None:
    """They begin with a capital or with code, and end with a full stop."""
    words: str = getattr(text, name)
    assert words == words.strip()
    assert words.endswith(".")
    assert words[0].isupper() or words[0] in "`*"


def test_no_two_rules_have_the_same_words() -> None:
    """A text says what its own rule is about."""
    texts = [text.why for text in rule_texts().values()]
    assert len(set(texts)) == len(texts)


def test_texts_name_rules_that_there_are() -> None:
    """What looks like the id of a rule is one."""
    words = " ".join(f"{t.why} {t.silent} {t.mend}" for t in rule_texts().values())
    starts = tuple({id_.partition("-")[0] + "-" for id_ in RULES if "-" in id_})
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", words))
    assert {name for name in named if name.startswith(starts)} <= set(RULES)


def test_every_rule_has_a_section_in_the_order_of_the_rules() -> None:
    """And no section is of a rule that there is not."""
    assert list(sections(page())) == list(RULES)


def test_links_of_findings_lead_to_the_sections() -> None:
    """A finding says where its rule is documented."""
    headings = set(re.findall(r"^### (.+)$", page(), re.MULTILINE))
    assert {rule.docs.removeprefix("docs/rules.md#") for rule in RULES.values()} == (
        headings
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_section_has_the_words_of_its_rule(rule: Rule) -> None:
    """As ``explain`` prints them, which also has them all."""
    text = rule_texts()[rule.id]
    section = " ".join(sections(page())[rule.id].split())
    explained = " ".join(rule_explanation(rule, text).split())
    for words in (text.why, text.silent, text.mend):
        assert " ".join(words.split()) in section
        assert " ".join(words.split()) in explained


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_example_shows_its_rule(rule: Rule) -> None:
    """At the severity that the table says, certain or not."""
    line = re.compile(
        rf": {rule.severity}(?: \(\w+\))?: {rule.id}(?:$|:)", re.MULTILINE
    )
    assert line.search(shown(rule))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_fix_is_shown_as_a_diff(rule: Rule) -> None:
    """Where the example runs ``fix``, there is something to mend by this rule."""
    if "$ lupusrefs fix " in shown(rule):
        assert re.search(rf"^@@ .* @@ .*\b{rule.id}: ", of_fix(rule), re.MULTILINE)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_words_and_example_agree_on_the_fix(rule: Rule) -> None:
    """Who reads that ``fix`` proposes something sees it proposed."""
    said = rule_texts()[rule.id].mend
    is_run = "$ lupusrefs fix " in shown(rule)
    if rule.group not in {Group.LIBRARY, Group.LOCK, Group.IGNORES}:
        assert is_run == bool(
            re.search(
                r"`fix(?: --unsafe)?` (?:proposes (?!noth)|puts|writes|takes|adds)",
                said,
            )
        )
    if is_run:
        is_safe = "--unsafe" not in of_fix(rule).partition("\n")[0]
        assert is_safe == (
            "safe if" in said or "safe where" in said or "`fix` adds" in said
        )


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_answers_can_be_imported(path: Path) -> None:
    """The registries' side of the examples has the format of the store's export."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert json.loads(lines[0]) == {"schema": EXPORT_SCHEMA}
    with Store(None) as store:
        assert store.import_lines(lines, path.name) == len(lines) - 1
        for answer in store:
            if answer.kind == "work":
                assert Work.model_validate_json(answer.body).provenance.fetched == (
                    answer.fetched
                )


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_answers_are_of_invented_works_alone(path: Path) -> None:
    """Every DOI in them is under a prefix for tests."""
    dois = re.findall(r"10\.\d{4,}/", path.read_text(encoding="utf-8"))
    assert dois
    assert all(map(_TEST_DOI.match, dois))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_examples_are_of_invented_works_alone(rule: Rule) -> None:
    """No real work serves as a bad example; the unknown prefix is nobody's."""
    dois = set(re.findall(r"10\.\d{4,}/", sections(page())[rule.id]))
    known = {"10.5555/", "10.5072/", "10.1000/"}
    assert dois <= known | ({"10.55555/"} if rule.id == "doi-prefix-unknown" else set())
