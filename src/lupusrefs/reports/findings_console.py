"""The check report for a person at a terminal, or for a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

from lupusrefs.compare.comparison import COMPARED, State
from lupusrefs.findings import Confidence, Finding, Fix, Severity
from lupusrefs.policy import Ignored
from lupusrefs.reports import citation, summary
from lupusrefs.reports.checked import Checked, Comparison
from lupusrefs.reports.evidence import evidence_line
from lupusrefs.reports.marking import Pieces, marked, one_line, shortened
from lupusrefs.reports.mending import in_words, safety
from lupusrefs.reports.printed import PIPE_WIDTH
from lupusrefs.reports.tally import Tally

_NARROWEST: Final = 24
_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
}
_CITED, _REGISTERED = "red", "green"
# As wdiff marks what goes and what comes.
_MARKS: Final = {_CITED: ("[-", "-]"), _REGISTERED: ("{+", "+}")}
_DIM: Final = "dim"
_PLACE, _DETAIL = 2, 6  # columns by which findings, and what is said of them, go in
_LABEL: Final = len("registered  ")


def check_text(
    checked: Iterable[Checked],
    general: Iterable[Finding] = (),
    *,
    to_file: bool = False,
    verbose: bool = False,
) -> str:
    """The findings, grouped by reference, and a summary.

    Args:
        checked: the references, in the order to show; those without findings are
            counted only.
        general: findings that belong to no reference.
        to_file: the text goes to a file: no colour, and not the terminal's width.
        verbose: also why differing values count as equivalent, what is ignored, and
            what was compared.
    """
    console = Console(
        highlight=False,
        soft_wrap=True,
        force_terminal=False if to_file else None,
        no_color=True if to_file else None,
    )
    plain = not console.is_terminal
    if plain:
        console.width = PIPE_WIDTH
    with console.capture() as captured:
        print_check(console, checked, general, verbose=verbose, plain=plain)
    return captured.get()


def print_check(
    console: Console,
    checked: Iterable[Checked],
    general: Iterable[Finding] = (),
    *,
    verbose: bool = False,
    plain: bool = False,
) -> None:
    """Print the report on a console.

    Args:
        console: where to.
        checked: the references.
        general: findings that belong to no reference.
        verbose: as of :func:`check_text`.
        plain: without styles: brackets mark the words that differ.
    """
    view = _View(console, verbose=verbose, brackets=plain or console.no_color)
    tally = Tally()
    for one in tally.counting(checked):
        view.show(one)
    if general := tuple(general):
        view.print_all([*view.findings(general), Text()])
        tally.add_findings(general)
    for line in summary_lines(tally):
        console.print(line, soft_wrap=True)


def summary_lines(tally: Tally) -> Iterator[Text]:
    """What it all came to; one line if nothing was found and all was compared."""
    found = list(summary.severities(tally))
    text = Text()
    for severity, words in found:
        text.append(", " if text else "")
        text.append(words, style=_STYLES[severity])
    facts = (
        summary.coverage(tally),
        None if found else "nothing found",
        summary.status_check(tally),
        summary.ignored(tally),
    )
    if not found:
        yield Text("; ".join(filter(None, facts)), style="green" if tally.sound else "")
        return
    yield text
    if fixes := summary.fixes(tally):
        yield Text(fixes)
    yield from (Text(fact, style=_DIM) for fact in facts if fact)


class _View:
    """Lines for one console."""

    def __init__(self, console: Console, *, verbose: bool, brackets: bool) -> None:
        self._console = console
        self._width = console.width
        self._verbose = verbose
        self._brackets = brackets

    def show(self, checked: Checked) -> None:
        """Print a reference, if there is anything to say about it."""
        lines = list(self.findings(checked.findings))
        if self._verbose:
            lines += self._remarks(checked)
        if not lines:
            return
        shown = any(one.severity is not Severity.INFO for one in checked.findings)
        if (shown or self._verbose) and (said := evidence_line(checked)):
            lines += self._wrapped(Text(said, _DIM), _PLACE)
        self.print_all([self._heading(checked), *lines, Text()])

    def print_all(self, lines: Iterable[Text]) -> None:
        """Print lines that are wrapped already."""
        self._console.print(Text("\n").join(lines), soft_wrap=True)

    def findings(self, findings: Iterable[Finding]) -> Iterator[Text]:
        """The lines on findings; an info has one."""
        for found in findings:
            if found.severity is Severity.INFO:
                yield from self._info(found)
            else:
                yield from self._finding(found)

    def _heading(self, checked: Checked) -> Text:
        """The key, and as much of the citation as one line holds."""
        item = checked.reference
        text = Text(one_line(item.id), style="bold")
        who = " ".join(filter(None, (citation.authors(item), citation.year(item))))
        what = one_line(citation.title(item)) if item.title else ""
        said = ". ".join(filter(None, (who.rstrip("."), what)))
        if said:
            text.append(f"  {said}", style=f"not bold {_DIM}")
        text.truncate(self._width, overflow="ellipsis")
        return text

    def _finding(self, found: Finding) -> Iterator[Text]:
        yield from self._wrapped(_title(found), _PLACE)
        yield from self._wrapped(Text(one_line(found.message)), _DETAIL)
        yield from self._sides(found)
        if found.hint:
            yield from self._labelled("hint", Text(one_line(found.hint)))
        if found.fix:
            yield from self._labelled("fix", _fix(found.fix))
        for place in found.related:
            yield from self._labelled("see also", Text(one_line(str(place))))

    def _info(self, found: Finding) -> Iterator[Text]:
        text = _title(found)
        text.append(f": {one_line(found.message)}")
        if found.fix:
            text.append(f" [{safety(found.fix)} fix]", _DIM)
        yield from self._wrapped(text, _PLACE)
        if self._verbose:
            yield from self._sides(found)

    def _sides(self, found: Finding) -> Iterator[Text]:
        """Cited and registered, one below the other."""
        ours, theirs = marked(found.cited or "", found.registered or "")
        if _is_said(found.message, ours) and _is_said(found.message, theirs):
            return
        if ours:
            yield from self._labelled("cited", self._side(ours, _CITED))
        if theirs:
            yield from self._labelled("registered", self._side(theirs, _REGISTERED))

    def _side(self, pieces: Pieces, style: str) -> Text:
        """A value; where no word is shared, there is no need to mark any."""
        text = Text()
        before, behind = _MARKS[style] if self._brackets else ("", "")
        alone = len(pieces) == 1
        for piece in shortened(pieces):
            if not piece.differs:
                text.append(piece.text, style if alone else None)
            elif alone:
                text.append(piece.text, style)
            else:
                text.append(f"{before}{piece.text}{behind}", f"bold {style}")
        return text

    def _remarks(self, checked: Checked) -> Iterator[Text]:
        """What only a curious reader wants: benign differences, and what is ignored."""
        if (comparison := checked.comparison) is not None:
            for one in comparison.fields:
                if one.reason:
                    said = f"{one.state}: {one.field}: {one_line(one.reason)}"
                    yield from self._wrapped(Text(said, _DIM), _PLACE)
            yield from self._wrapped(Text(_states(comparison), _DIM), _PLACE)
        for ignored in checked.ignored:
            yield from self._wrapped(_ignored(ignored), _PLACE)

    def _labelled(self, label: str, text: Text) -> Iterator[Text]:
        head = Text(f"{label:<{_LABEL - 2}}  ", style=_DIM)
        lines = self._lines(text, _DETAIL + len(head))
        for number, line in enumerate(lines):
            before = head if number == 0 else Text(" " * len(head))
            yield Text(" " * _DETAIL).append_text(before).append_text(line)

    def _wrapped(self, text: Text, indent: int) -> Iterator[Text]:
        """The text in lines that go in, the second and later ones by two more."""
        lines = self._lines(text, indent + _PLACE)
        for number, line in enumerate(lines):
            yield Text(" " * (indent + (_PLACE if number else 0))).append_text(line)

    def _lines(self, text: Text, indent: int) -> Iterable[Text]:
        width = max(self._width - indent, _NARROWEST)
        # Wrapping is what costs: most lines are short enough.
        if len(text) <= width and text.cell_len <= width:
            return (text,)
        lines = text.wrap(self._console, width)
        for line in lines:
            line.rstrip()
        return lines


def _is_said(message: str, pieces: Pieces) -> bool:
    """Whether the message quotes the value already, and it has nothing to mark."""
    return not pieces or (len(pieces) == 1 and pieces[0].text in message)


def _title(found: Finding) -> Text:
    """``file:line:column: warning: year-mismatch``: editors make links of such."""
    text = Text()
    if found.location is not None:
        text.append(f"{one_line(str(found.location))}: ")
    text.append(found.severity, style=_STYLES[found.severity])
    if found.confidence is not Confidence.CERTAIN:
        text.append(f" ({found.confidence})", style=_DIM)
    text.append(f": {found.rule.id}")
    return text


def _states(comparison: Comparison) -> str:
    """Which fields were compared, and which were not (comparison.md, P9)."""
    fields: dict[str, list[str]] = {"compared": [], "not comparable": [], "absent": []}
    for one in comparison.fields:
        if one.state in COMPARED:
            fields["compared"].append(one.field)
        elif one.state is State.NOT_COMPARABLE:
            fields["not comparable"].append(one.field)
        else:
            fields["absent"].append(one.field)
    return "; ".join(f"{how}: {', '.join(of)}" for how, of in fields.items() if of)


def _fix(fix: Fix) -> Text:
    return Text(in_words(fix)).append(f" ({safety(fix)})", style=_DIM)


def _ignored(ignored: Ignored) -> Text:
    found = ignored.finding
    text = f"ignored ({ignored.source}): {found.rule.id}: {found.message}"
    return Text(one_line(f"{text}: {ignored.reason}"), style=_DIM)
