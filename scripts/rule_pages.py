"""Put what is generated into ``docs/rules.md``: the texts of the rules, their table.

The texts come from ``data/rules.toml``, which ``lupusrefs explain`` prints as well;
ids, groups, severities and summaries from ``findings.py``. Whether ``fix`` mends
something stands in the example of a rule. All else is written by hand.
"""

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from lupusrefs.findings import RULES, Group, Rule
from lupusrefs.rule_texts import rule_texts

_WIDTH: Final = 88
_TEXT: Final = re.compile(
    r"(?P<head>^<!-- text of (?P<rule>[a-z-]+) -->\n).*?(?=^<!-- end of text -->)",
    re.DOTALL | re.MULTILINE,
)
_TABLE: Final = re.compile(
    r"(?<=<!-- rules: generated from src/lupusrefs/findings.py -->\n)"
    r".*?(?=<!-- end of rules -->)",
    re.DOTALL,
)
_SECTION: Final = re.compile(
    r"^### (?P<rule>[a-z-]+)\n(?P<body>.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE
)
_FIX: Final = re.compile(r"^\$ lupusrefs fix .*$", re.MULTILINE)
_GROUPS: Final = {
    Group.DOI: "the DOI",
    Group.STATUS: "what has become of the work",
    Group.TITLE: "title",
    Group.AUTHOR: "authors",
    Group.YEAR: "year",
    Group.NUMBERS: "volume, issue, pages",
    Group.CONTAINER: "journal, book, publisher",
    Group.IDENTIFIERS: "ISBN and ISSN",
    Group.TYPE: "type",
    Group.MISSING: "what is not cited",
    Group.LIBRARY: "the list as a whole",
    Group.LOCK: "the lock file",
    Group.IGNORES: "ignores",
}


def with_rules(page: str) -> str:
    """The page with its texts and tables as they are now."""
    bodies = sections(page)
    page = _TABLE.sub(lambda _: table(bodies), page)
    return _TEXT.sub(lambda match: match["head"] + text_of(match["rule"]), page)


def sections(page: str) -> dict[str, str]:
    """Rule -> what stands below its heading."""
    return {match["rule"]: match["body"] for match in _SECTION.finditer(page)}


def table(bodies: dict[str, str]) -> str:
    """All rules, by group."""
    return "\n".join(_table_lines(bodies))


def _table_lines(bodies: dict[str, str]) -> Iterator[str]:
    yield "| about | rule | severity | `fix` | finds |"
    yield "|---|---|---|---|---|"
    group = None
    for rule in RULES.values():
        about = "" if rule.group is group else _GROUPS[rule.group]
        group = rule.group
        name = f"[`{rule.id}`](#{rule.id})"
        mends = _mends(bodies.get(rule.id, ""))
        yield f"| {about} | {name} | {rule.severity} | {mends} | {rule.summary} |"
    yield ""


def _mends(section: str) -> str:
    """How ``fix`` mends the example of a rule."""
    fixes = _FIX.findall(section)
    if not fixes:
        return ""
    return "safe" if any("--unsafe" not in line for line in fixes) else "proposed"


def text_of(id_: str) -> str:
    """What there is to say about a rule."""
    rule, text = RULES[id_], rule_texts()[id_]
    return (
        f"{_headline(rule)}\n\n{_paragraph(text.why)}\n\n"
        f"{_paragraph(f'*Silent when:* {text.silent}')}\n\n"
        f"{_paragraph(f'*What to do:* {text.mend}')}\n"
    )


def _headline(rule: Rule) -> str:
    return f"**{rule.severity}**: {rule.summary}."


def _paragraph(text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        _WIDTH,
        break_long_words=False,
        break_on_hyphens=False,
    )
