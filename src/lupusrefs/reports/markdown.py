"""The check report as Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from lupusrefs.findings import Finding, Severity
from lupusrefs.reports import summary
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.evidence import source_of
from lupusrefs.reports.marking import Pieces, marked, one_line, shortened
from lupusrefs.reports.mending import in_words, safety
from lupusrefs.reports.tally import Tally

# GitHub takes comments of 65,536 characters, and counts some of them twice.
MOST_CHARACTERS: Final = 60_000
# All that means something in GitHub's Markdown, mentions and issue numbers included.
# As character references they are text wherever they stand (GFM 0.29, section 6.2).
_SPECIAL: Final = re.compile(r"[&<>|@#`*_~\[\]()\\!:$]")
_HEAD: Final = (
    "| reference | finding | cited | registered |\n|---|---|---|---|\n"  # GFM, 4.10
)
_TAGS: Final = ("del", "ins")


def to_markdown(
    checked: Iterable[Checked],
    general: Iterable[Finding] = (),
    *,
    most_characters: int = MOST_CHARACTERS,
) -> str:
    """Numbers, a table of errors and warnings, and the infos folded away.

    Args:
        checked: the references.
        general: findings that belong to no reference.
        most_characters: what does not fit is counted, not shown.
    """
    tally = Tally()
    shown: list[str] = []
    folded: list[str] = []
    for one in tally.counting(checked):
        link = _link(one)
        for found in one.findings:
            rows = folded if found.severity is Severity.INFO else shown
            rows.append(_row(found, link))
    general = tuple(general)
    tally.add_findings(general)
    shown += (_row(found, _text(found.key)) for found in general)
    head = "".join(_head(tally))
    return head + "".join(_tables(shown, folded, most_characters - len(head)))


def _head(tally: Tally) -> Iterator[str]:
    yield "## References\n\n"
    found = ", ".join(words for _, words in summary.severities(tally))
    yield f"**{found or 'Nothing found'}**\n\n"
    facts = (
        summary.coverage(tally),
        summary.status_check(tally),
        summary.fixes(tally),
        summary.ignored(tally),
    )
    yield from (f"- {fact}\n" for fact in facts if fact)


def _tables(shown: Sequence[str], folded: Sequence[str], room: int) -> Iterator[str]:
    """As many rows as there is room for, and how many there was none for."""
    room -= 400  # for heads, folding, and the last sentence
    left = 0
    for rows, before, behind in (
        (shown, "\n", ""),
        (
            folded,
            f"\n<details><summary>{summary.counted(len(folded), 'info')}</summary>\n\n",
            "\n</details>\n",
        ),
    ):
        fitting = list(_fitting(rows, room))
        left += len(rows) - len(fitting)
        room -= sum(map(len, fitting))
        if fitting:
            yield "".join((before, _HEAD, *fitting, behind))
    if left:
        yield f"\n{summary.counted(left, 'finding')} more did not fit here.\n"


def _fitting(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= len(row)
        if room < 0:
            return
        yield row


def _row(found: Finding, link: str) -> str:
    place = f"<br>{_text(str(found.location))}" if found.location else ""
    what = f"**{found.severity}** `{found.rule.id}`<br>{_text(found.message)}"
    if found.hint:
        what += f"<br>Hint: {_text(found.hint)}"
    if found.fix:
        what += f"<br>{safety(found.fix)} fix: {_text(in_words(found.fix))}"
    sides = marked(found.cited or "", found.registered or "")
    cells = (f"{link}{place}", what, *map(_side, sides, _TAGS))
    return f"| {' | '.join(cells)} |\n"


def _side(pieces: Pieces, tag: str) -> str:
    return "".join(
        f"<{tag}>{_plain(piece.text)}</{tag}>" if piece.differs else _plain(piece.text)
        for piece in shortened(pieces)
    )


def _link(checked: Checked) -> str:
    """The key, leading to the work."""
    key = _text(checked.reference.id)
    source = source_of(checked)
    if source is None or source.agency is None:
        return key
    return f"[{key}](https://doi.org/{quote(source.identifier, safe='/')})"


def _text(text: str) -> str:
    return _plain(one_line(text))


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)
