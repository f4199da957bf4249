"""Findings on the people of a reference (comparison.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.comparison import finding, proposal
from lupusrefs.compare.name_alignment import Pair
from lupusrefs.compare.name_forms import NameForm, name_form, shown
from lupusrefs.compare.name_match import Degree
from lupusrefs.compare.people_judgement import Difference, Judgement
from lupusrefs.compare.people_style import NameStyle, style_of
from lupusrefs.findings import Change, Confidence, Finding, Fix, Severity
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

_ENOUGH: Final = 3  # others that align make somebody added evident
_SHOWN: Final = 3  # names that a message lists
_LISTED: Final = 12  # names that a cited or registered list is shown with


def listed(names: Sequence[Name], limit: int = _LISTED) -> str:
    """Names in a row, and how many more there are."""
    text = "; ".join(map(shown, names[:limit]))
    return f"{text} … ({len(names)} names)" if len(names) > limit else text


def normal_form(names: Sequence[Name]) -> str:
    """The first names of a list in their normal forms."""
    return "; ".join(name_form(name).text for name in names[:_LISTED])


@dataclass(frozen=True, slots=True)
class PeopleFindings:
    """Writes the findings of one judgement.

    Attributes:
        reference: what cites.
        field: the CSL variable of the cited list.
        names: the cited list as it stands there.
        path: where the registered list stands in its record.
        judgement: what the two came to.
        has_lead: whether the registry says who is the first author.
    """

    reference: Item
    field: str
    names: tuple[Name, ...]
    path: str
    judgement: Judgement
    has_lead: bool = False

    def all(self) -> Iterator[Finding]:
        """Every finding, one for each kind of difference."""
        for difference, positions in self.judgement.differences.items():
            yield self._one(difference, positions)

    def _one(self, difference: Difference, positions: tuple[int, ...]) -> Finding:
        match difference:
            case Difference.NOBODY:
                return self._nobody()
            case Difference.FIRST:
                return self._first()
            case Difference.FAMILY:
                return self._pairs("author-family-mismatch", positions)
            case Difference.GIVEN | Difference.GIVEN_WORD:
                return self._pairs("author-given-mismatch", positions)
            case Difference.MISSING | Difference.ONLY_FIRST:
                return self._missing(positions, difference)
            case Difference.ADDED | Difference.FEWER:
                return self._added(positions, difference)
            case Difference.ORDER:
                return self._order()

    @property
    def _style(self) -> NameStyle:
        return style_of(self.names)

    @property
    def _people(self) -> tuple[tuple[NameForm, ...], tuple[NameForm, ...]]:
        return self.judgement.cited.people, self.judgement.registered.people

    def _nobody(self) -> Finding:
        cited, registered = self._people
        return finding(
            "author-list-fabricated",
            self.reference,
            f"cited {_names(cited)}, registered {_names(registered)}:"
            " nobody of them is the same",
            field=self.field,
            cited=listed([form.name for form in cited]),
            registered=listed([form.name for form in registered]),
            forms=(_forms(cited), _forms(registered)),
            path=self.path,
        )

    def _first(self) -> Finding:
        cited, registered = self._people
        first, other = cited[0], registered[0]
        is_error = not self.judgement.agreeing
        return finding(
            "first-author-mismatch",
            self.reference,
            f"cited first author {_quoted(first)}, registered {_quoted(other)}",
            field=self.field,
            cited=shown(first.name),
            registered=shown(other.name),
            forms=(first.text, other.text),
            path=self.path,
            severity=Severity.ERROR if is_error else Severity.WARNING,
            fix=self._replacing([(0, 0)]) if not is_error else None,
        )

    def _pairs(self, rule: str, positions: tuple[int, ...]) -> Finding:
        pairs = [self.judgement.alignment.pairs[at] for at in positions]
        cited, registered = self._of(pairs[0])
        more = f", and {len(pairs) - 1} more that differ" if len(pairs) > 1 else ""
        return finding(
            rule,
            self.reference,
            f"cited author {pairs[0].cited + 1} {_quoted(cited)},"
            f" registered {_quoted(registered)}{more}",
            field=self.field,
            cited=shown(cited.name),
            registered=shown(registered.name),
            forms=(cited.text, registered.text),
            path=self.path,
            confidence=self._confidence(pairs),
            fix=self._replacing([(pair.cited, pair.registered) for pair in pairs]),
        )

    def _of(self, pair: Pair) -> tuple[NameForm, NameForm]:
        cited, registered = self._people
        return cited[pair.cited], registered[pair.registered]

    def _confidence(self, pairs: Sequence[Pair]) -> Confidence:
        """Sure where the record is clean and nobody else is in doubt."""
        best = max(pair.match.degree for pair in pairs)
        forms = [form for pair in pairs for form in self._of(pair)]
        if best is Degree.WORD:
            return Confidence.POSSIBLE
        is_odd = any(form.is_unsplit or form.is_damaged for form in forms)
        if best is Degree.MIDDLE or is_odd:
            return Confidence.LIKELY
        others = self.judgement.agreeing - sum(
            pair.match.degree > Degree.OTHER for pair in pairs
        )
        is_alone = len(self.judgement.cited.people) == len(pairs)
        return Confidence.CERTAIN if others or is_alone else Confidence.LIKELY

    def _missing(self, positions: tuple[int, ...], difference: Difference) -> Finding:
        cited, registered = self._people
        missing = [registered[at] for at in positions]
        is_info = difference is Difference.ONLY_FIRST
        # A registry that knows of no family name may mean a group.
        is_named = any(form.name.literal is None for form in missing)
        confidence = Confidence.CERTAIN if is_named else Confidence.POSSIBLE
        return finding(
            "author-missing",
            self.reference,
            f"cited {_count(cited)}, registered {len(registered)}:"
            f" {_names(missing)} {_be(missing)} missing",
            field=self.field,
            cited=listed([form.name for form in cited]),
            registered=listed([form.name for form in registered]),
            forms=(_forms(cited), _forms(registered)),
            path=self.path,
            severity=Severity.INFO if is_info else None,
            confidence=confidence,
            fix=self._whole_list(),
        )

    def _added(self, positions: tuple[int, ...], difference: Difference) -> Finding:
        cited, registered = self._people
        added = [cited[at] for at in positions]
        is_fewer = difference is Difference.FEWER
        is_sure = not is_fewer and self.judgement.agreeing >= _ENOUGH
        return finding(
            "author-added",
            self.reference,
            f"cited {_count(cited)}, registered {len(registered)}:"
            f" {_names(added)} {_be(added)} not registered",
            field=self.field,
            cited=listed([form.name for form in added]),
            registered=listed([form.name for form in registered]),
            forms=(_forms(cited), _forms(registered)),
            path=self.path,
            confidence=Confidence.CERTAIN if is_sure else Confidence.POSSIBLE,
            fix=None if is_fewer else self._whole_list(),
        )

    def _order(self) -> Finding:
        cited, registered = self._people
        is_first = self.has_lead and self._has_moved_lead
        return finding(
            "author-order-changed",
            self.reference,
            f"cited in the order {_names(cited)}, registered {_names(registered)}",
            field=self.field,
            cited=listed([form.name for form in cited]),
            registered=listed([form.name for form in registered]),
            forms=(_forms(cited), _forms(registered)),
            path=self.path,
            severity=Severity.WARNING if is_first else None,
            fix=self._whole_list(),
        )

    @property
    def _has_moved_lead(self) -> bool:
        """Whether the registered first author is cited, and behind somebody else."""
        return any(p.registered == 0 < p.cited for p in self.judgement.alignment.pairs)

    def _replacing(self, pairs: list[tuple[int, int]]) -> Fix | None:
        """The cited list with the registered name in the place of some."""
        cited, registered = self._people
        style = self._style
        new = {
            cited[at].name: style.write(registered[other].name) for at, other in pairs
        }
        names = tuple(new.get(name, name) for name in self.names)
        return _proposed(self.field, names, self.names)

    def _whole_list(self) -> Fix | None:
        """The registered list in the cited style; who is cited right stays as is."""
        cited, registered = self._people
        if self.judgement.cited.is_cut or self.judgement.cited.gap is not None:
            return None
        kept = {
            pair.registered: cited[pair.cited].name
            for pair in self.judgement.alignment.pairs
            if pair.match.agrees
        }
        style = self._style
        people = [
            kept.get(at) or style.write(form.name) for at, form in enumerate(registered)
        ]
        groups = [form.name for form in self.judgement.cited.groups]
        return _proposed(self.field, (*people, *groups), self.names)


def _proposed(field: str, names: tuple[Name, ...], old: tuple[Name, ...]) -> Fix | None:
    return proposal(Change(field, names)) if names != old else None


def _quoted(form: NameForm) -> str:
    return f"`{shown(form.name)}`"


def _names(forms: Sequence[NameForm]) -> str:
    text = "; ".join(shown(form.name) for form in forms[:_SHOWN])
    rest = len(forms) - _SHOWN
    return f"`{text}`" + (f" and {rest} more" if rest > 0 else "")


def _forms(forms: Sequence[NameForm]) -> str:
    return "; ".join(form.text for form in forms[:_LISTED])


def _count(forms: Sequence[NameForm]) -> str:
    return "1 author" if len(forms) == 1 else f"{len(forms)} authors"


def _be(forms: Sequence[NameForm]) -> str:
    return "is" if len(forms) == 1 else "are"


def placeholder(
    reference: Item, field: str, nobodies: Sequence[NameForm], path: str, instead: str
) -> Finding:
    """The finding on cited names that name nobody."""
    return finding(
        "author-placeholder",
        reference,
        f"cited {_names(nobodies)}, which names nobody; registered `{instead}`",
        field=field,
        cited=listed([form.name for form in nobodies]),
        registered=instead,
        forms=(_forms(nobodies), instead),
        path=path,
    )
