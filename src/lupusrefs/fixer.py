"""From findings to edits: what can be mended in the files, what not, and why.

Every repair was tried: the file as it would be was read again, and it says what it is
to say, and nothing else in it has changed (``formats.mend.law``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeGuard

from lupusrefs.files import write_unless_changed
from lupusrefs.findings import Change, Finding, order
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.mend import CannotMend, Mender, check
from lupusrefs.formats.mend.values import changed, shown
from lupusrefs.input_files import STDIN, SourceFile
from lupusrefs.model.edit import Edit, OverlappingEdits, ordered_edits, unified_diff
from lupusrefs.model.location import Location
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name
from lupusrefs.sources import ARGUMENTS

_NO_FILE = {
    ARGUMENTS: "it was named on the command line and stands in no file",
    STDIN: "it was read from standard input, which cannot be written to",
}


@dataclass(frozen=True, slots=True)
class Repair:
    """What mends one reference of one trouble.

    Attributes:
        reference: as it stands in the file.
        findings: why; several where they want the same, or depend on each other.
        changes: what is set, all of it or nothing.
        edits: the same in the file's own format.
        safe: whether nobody could object.
    """

    reference: Reference
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...] = ()
    safe: bool = True

    @property
    def file(self) -> str:
        """The path of the file, as the user gave it."""
        return self.reference.location.file if self.reference.location else ARGUMENTS


@dataclass(frozen=True, slots=True)
class Unmade:
    """A finding whose fix cannot be made.

    Attributes:
        finding: the finding.
        reason: why not, in words.
        location: where.
    """

    finding: Finding
    reason: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be mended.

    Attributes:
        files: path -> file, of all that was read.
        repairs: in the order of the files; all of them can be made together.
        unmade: what was wanted and cannot be made.
        left_out: findings whose fix is only proposed, and was not asked for.
        without_fix: findings that nothing is known to mend.
    """

    files: Mapping[str, SourceFile] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    unmade: tuple[Unmade, ...] = ()
    left_out: tuple[Finding, ...] = ()
    without_fix: tuple[Finding, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files in which something is mended."""
        return tuple(dict.fromkeys(one.file for one in self.repairs))

    def of(self, path: str) -> tuple[Repair, ...]:
        """The repairs in one file."""
        return tuple(one for one in self.repairs if one.file == path)

    def edits(self, path: str) -> list[Edit]:
        """All edits of one file, in the order of their places."""
        source = self.files[path].source
        edits = (edit for one in self.of(path) for edit in one.edits)
        return ordered_edits(edits, len(source.text))

    def diff(self, path: str) -> str:
        """The edits of a file as a unified diff, to be read."""
        text = self.files[path].source.text
        return unified_diff(_shown(path), text, self.edits(path))

    def patch(self, path: str) -> bytes:
        """The same in the bytes of the file, for ``git apply`` and ``patch -p1``."""
        return self.files[path].source.patch(_shown(path), self.edits(path))

    def write(self, path: str) -> None:
        """Mend a file on disk, in one step.

        Raises:
            InputError: it cannot be written, or is not any more what was read.
        """
        source = self.files[path].source
        after = source.edited(self.edits(path))
        write_unless_changed(Path(path), source.data, after, "nothing was mended")

    def keep(self, is_wanted: Callable[[Repair], bool]) -> Plan:
        """The plan with some of its repairs, tried anew without the others."""
        wanted = [one for one in self.repairs if is_wanted(one)]
        if len(wanted) == len(self.repairs):
            return self
        repairs, unmade = _settled(wanted, self.files)
        return replace(self, repairs=repairs, unmade=(*self.unmade, *unmade))


def plan(
    found: Iterable[tuple[Reference, Sequence[Finding]]],
    files: Mapping[str, SourceFile],
    *,
    unsafe: bool = False,
    only: Collection[str] = (),
) -> Plan:
    """Work out what can be mended.

    Of two findings that want different values of one variable, the safe one counts,
    else the worse one; those that set different names of a list both count.

    Args:
        found: each reference with its findings.
        files: path, as in the locations of the references, -> file.
        unsafe: also what is only proposed.
        only: the ids of the rules whose findings are looked at; all if empty.
    """
    repairs: list[Repair] = []
    unmade: list[Unmade] = []
    left_out: list[Finding] = []
    without_fix: list[Finding] = []
    for reference, findings in found:
        looked_at = [one for one in findings if not only or one.rule.id in only]
        wanted: list[Finding] = []
        for one in looked_at:
            if one.fix is None or not one.fix.changes:
                without_fix.append(one)
            elif one.fix.safe or unsafe:
                wanted.append(one)
            else:
                left_out.append(one)
        repairs += _merged(reference, wanted, unmade)
    made, failed = _settled(repairs, files)
    return Plan(files, made, (*unmade, *failed), tuple(left_out), tuple(without_fix))


def wanted_repairs(
    reference: Reference,
    findings: Iterable[Finding],
    *,
    unsafe: bool = False,
    only: Collection[str] = (),
) -> list[Repair]:
    """What :func:`plan` would mend in one reference, its edits yet to be made."""
    wanted = [
        one
        for one in findings
        if one.fix is not None
        and (one.fix.safe or unsafe)
        and (not only or one.rule.id in only)
    ]
    return _merged(reference, wanted, [])


def _merged(
    reference: Reference, findings: Sequence[Finding], unmade: list[Unmade]
) -> list[Repair]:
    """The repairs of one reference; each variable is set by one of them."""
    repairs: list[Repair] = []
    for one in sorted(findings, key=_precedence):
        fix = one.fix
        if fix is None:
            continue
        changes = _beside(reference, fix.changes, repairs)
        if rival := _rival(changes, repairs):
            reason = (
                f"`{rival[0].findings[0].rule.id}` sets `{rival[1].variable}` to "
                f"“{shown(rival[1].value)}” already"
            )
            unmade.append(Unmade(one, reason, one.location))
            continue
        new = Repair(reference, (one,), changes, safe=fix.safe)
        shared = [other for other in repairs if set(other.changes) & set(changes)]
        for other in shared:
            repairs.remove(other)
        repairs.append(_together([*shared, new]))
    return repairs


def _beside(
    reference: Reference, changes: Sequence[Change], repairs: list[Repair]
) -> tuple[Change, ...]:
    """The changes, blended with those of repairs that set other names of a list.

    ``repairs`` then set the blended lists, too.
    """
    wanted = list(changes)
    for place, change in enumerate(wanted):
        for at, repair in enumerate(repairs):
            for other in repair.changes:
                blend = _blended(reference, other, change)
                if blend is None:
                    continue
                wanted[place] = blend
                both = (blend if one is other else one for one in repair.changes)
                repairs[at] = replace(repair, changes=tuple(both))
    return tuple(wanted)


def _blended(reference: Reference, first: Change, second: Change) -> Change | None:
    """One change of two that set different names of one list; None if they do not."""
    if first.variable != second.variable or first.value == second.value:
        return None
    old = getattr(reference, field_name(first.variable))
    lists = [value for value in (old, first.value, second.value) if _is_list(value)]
    if len(lists) != len(("old", "first", "second")) or len({*map(len, lists)}) != 1:
        return None
    names: list[Name] = []
    for before, one, other in zip(*lists, strict=True):
        if before not in (one, other) and one != other:
            return None
        names.append(other if one == before else one)
    return Change(first.variable, tuple(names))


def _is_list(value: object) -> TypeGuard[tuple[Name, ...]]:
    return isinstance(value, tuple) and all(isinstance(one, Name) for one in value)


def _precedence(finding: Finding) -> tuple[bool, tuple[int, int, str, str]]:
    return (finding.fix is not None and not finding.fix.safe, order(finding))


def _rival(
    changes: Sequence[Change], repairs: Sequence[Repair]
) -> tuple[Repair, Change] | None:
    """The repair that sets one of the variables to something else, if there is one."""
    for repair in repairs:
        for other in repair.changes:
            for change in changes:
                if change.variable == other.variable and change.value != other.value:
                    return repair, other
    return None


def _together(repairs: Sequence[Repair]) -> Repair:
    """One repair of several on the same reference; its edits are yet to be made."""
    if len(repairs) == 1:
        return repairs[0]
    changes = dict.fromkeys(change for one in repairs for change in one.changes)
    return Repair(
        repairs[0].reference,
        tuple(finding for one in repairs for finding in one.findings),
        tuple(changes),
        safe=all(one.safe for one in repairs),
    )


# -- making them, file by file


def _settled(
    repairs: Sequence[Repair], files: Mapping[str, SourceFile]
) -> tuple[tuple[Repair, ...], list[Unmade]]:
    """The repairs that can be made together, and the others."""
    made: list[Repair] = []
    unmade: list[Unmade] = []
    for path in dict.fromkeys(one.file for one in repairs):
        ones = [one for one in repairs if one.file == path]
        if path not in files or path in _NO_FILE:
            reason = _NO_FILE.get(path, "it stands in a document: edit it there")
            for one in ones:
                unmade += _unmade(one, reason)
            continue
        workshop = _Workshop(files[path])
        made += workshop.settled(ones)
        unmade += workshop.unmade
    return tuple(made), unmade


def _unmade(repair: Repair, reason: str, place: Location | None = None) -> list[Unmade]:
    return [
        Unmade(one, reason, place or one.location or repair.reference.location)
        for one in repair.findings
    ]


class _Workshop:
    """Makes and tries the repairs of one file.

    Attributes:
        unmade: what could not be made.
    """

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._mender = Mender(file.source, file.name)
        self._before = Loaded()
        self._places: dict[tuple[str, int], int] = {}
        self.unmade: list[Unmade] = []

    def settled(self, repairs: Sequence[Repair]) -> list[Repair]:
        """The repairs, with edits, that can be made together."""
        self._before = FORMATS[self._file.name].load(self._file.source)
        self._places = {
            key: place
            for place, one in enumerate(self._before.references)
            if (key := _key(one)) is not None
        }
        groups: dict[tuple[str, int] | None, list[Repair]] = {}
        for one in repairs:
            if made := self._made(one):
                groups.setdefault(_key(made.reference), []).append(made)
        return self._tried(list(groups.values()))

    def _made(self, repair: Repair) -> Repair | None:
        """The repair with its edits; None where there is nothing to do, or no way."""
        if _key(repair.reference) not in self._places:
            self.unmade += _unmade(repair, "the entry is not in the file any more")
            return None
        try:
            edits = self._mender.edits(repair.reference, repair.changes)
        except CannotMend as error:
            self.unmade += _unmade(repair, str(error), error.location)
            return None
        return replace(repair, edits=edits) if edits else None

    def _tried(self, groups: list[list[Repair]]) -> list[Repair]:
        """The repairs that the law allows; where it does not, the culprits are sought.

        Args:
            groups: the repairs of each reference.
        """
        repairs = [one for group in groups for one in group]
        if not repairs or self._trouble(repairs) is None:
            return repairs
        if len(groups) == 1:
            return self._one_by_one(repairs)
        middle = len(groups) // 2
        halves = self._tried(groups[:middle]), self._tried(groups[middle:])
        if self._trouble([*halves[0], *halves[1]]) is None:
            return [*halves[0], *halves[1]]
        return self._added(halves[0], halves[1])

    def _one_by_one(self, repairs: list[Repair]) -> list[Repair]:
        """Those of one reference, together if need be, else as many as will go."""
        if len(repairs) > 1:
            whole = _together(repairs)
            try:
                edits = self._mender.edits(whole.reference, whole.changes)
            except CannotMend:
                edits = ()
            whole = replace(whole, edits=edits)
            if edits and self._trouble([whole]) is None:
                return [whole]
        return self._added([], repairs)

    def _added(self, made: list[Repair], more: list[Repair]) -> list[Repair]:
        """As many of ``more`` as can be made besides those that are."""
        for one in more:
            error = self._trouble([*made, one])
            if error is None:
                made = [*made, one]
            else:
                self.unmade += _unmade(one, str(error), error.location)
        return made

    def _trouble(self, repairs: Sequence[Repair]) -> CannotMend | None:
        """Why the repairs cannot be made together; None if they can."""
        wanted: dict[int, Reference] = {}
        for one in repairs:
            key = _key(one.reference)
            place = self._places[key] if key else 0
            old = wanted.get(place, self._before.references[place])
            wanted[place] = changed(old, one.changes)
        edits = [edit for one in repairs for edit in one.edits]
        try:
            ordered_edits(edits, len(self._file.source.text))
            check(self._file.source, self._file.name, self._before, edits, wanted)
        except OverlappingEdits:
            return CannotMend("it overlaps another repair of the same entry")
        except CannotMend as error:
            return error
        return None


def _key(reference: Reference) -> tuple[str, int] | None:
    """What tells a reference in its file from all others."""
    place = reference.location
    if place is None or place.span is None:
        return None
    return reference.id, place.span.start


def _shown(path: str) -> str:
    """The path from the current folder, if it is below it."""
    whole, here = Path(path).absolute(), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)
