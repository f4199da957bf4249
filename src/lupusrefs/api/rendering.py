"""Items in a style: bibliographies and citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import JsonValue

from lupusrefs.api.access import store_path
from lupusrefs.config import Settings
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.reference import Library
from lupusrefs.model.variables import NAMES, NEEDED, field_name

if TYPE_CHECKING:
    # Imported when something is rendered: nothing else needs the processor.
    from lupusrefs.csl.output.formats import OutputFormat
    from lupusrefs.csl.processor import Processor
    from lupusrefs.csl.rendering import CiteItem
    from lupusrefs.grouping import Grouping


@dataclass(frozen=True, slots=True)
class Rendered:
    """A bibliography.

    Attributes:
        text: in the format asked for.
        style: the id of the style.
        missing: item id -> the variables that the style wanted, that a reader needs to
            find the work, and that the item lacks.
        left_out: the ids of items of which the style shows nothing.
        problems: what is wrong with a style of one's own, and did not prevent this.
        warnings: what went wrong beside it, such as an index that cannot be kept.
    """

    text: str
    style: str
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typeset:
    """Items in a style, ready to be written.

    Attributes:
        processor: the style with the items.
        style: the id of the style.
        problems: what is wrong with a style of one's own, and does not prevent this.
        warnings: what went wrong with the index of styles.
    """

    processor: Processor
    style: str
    problems: tuple[Diagnostic, ...] = ()
    warnings: tuple[str, ...] = ()

    def cite(
        self,
        cites: Sequence[CiteItem],
        *,
        to: OutputFormat | str = "text",
        composite: bool = False,
    ) -> str:
        """One citation.

        Args:
            cites: what is cited.
            to: as of :func:`render`.
            composite: names in the text, the rest as a citation: Doe (2020).

        Raises:
            ValueError: there is no such format.
            UnknownItem: an id is of no item.
        """
        from lupusrefs.csl.output.formats import OutputFormat, writer  # noqa: PLC0415

        format_ = writer(OutputFormat(to))
        make = self.processor.composite if composite else self.processor.citation
        return format_.inline(make(cites))


def typeset(
    items: Iterable[Item] | Library,
    style: str | None = None,
    *,
    locale: str | None = None,
    links: bool = False,
    settings: Settings | None = None,
) -> Typeset:
    """Items in a style.

    Args:
        items: references or works, each with an id of its own.
        style: a name (an id, a title, the journal, an ISSN), or the path of a ``.csl``
            file; that of the settings if None.
        locale: a language such as ``de-DE``; of the settings or the style if None.
        links: make links of DOIs and addresses.
        settings: default is what environment and configuration file say.

    Raises:
        UnknownStyle: there is no such style, or several are meant.
        InvalidStyle: a style file is no valid CSL; the error has all that is wrong.
        StyleError: the style cannot be rendered; the error has line and column.
        InputError: its file cannot be read.
    """
    from lupusrefs.csl.errors import InvalidStyle  # noqa: PLC0415
    from lupusrefs.csl.output_options import OutputOptions  # noqa: PLC0415
    from lupusrefs.csl.processor import Processor  # noqa: PLC0415
    from lupusrefs.csl.style import Style  # noqa: PLC0415
    from lupusrefs.styles.catalogue import Catalogue  # noqa: PLC0415
    from lupusrefs.styles.packages import locale_text  # noqa: PLC0415

    settings = settings or Settings.load()
    with Catalogue(store_path(settings).parent) as catalogue:
        named = catalogue.find(style or settings.style)
        found = named.resolve()
        warnings = tuple(catalogue.warnings)
    wanted = locale or settings.locale or found.default_locale
    listed = items.values() if isinstance(items, Library) else items
    data = [_data(item) for item in listed]
    problems: list[Diagnostic] = []
    if named.is_local:
        problems = Style.problems(named.text, str(named.path))
        if any(one.is_error for one in problems):
            raise InvalidStyle(problems)
    # The styles of the catalogue are tested.
    parsed = Style.parse(found.text, str(found.path), is_trusted=not named.is_local)
    options = OutputOptions(links=links, is_tidy=True)
    processor = Processor(parsed, data, locale_text, wanted, options)
    return Typeset(processor, named.id, tuple(problems), warnings)


def render(
    items: Iterable[Item] | Library,
    style: str | None = None,
    *,
    to: OutputFormat | str = "text",
    locale: str | None = None,
    group_by: str = "",
    links: bool = False,
    marks: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> Rendered:
    """A formatted bibliography.

    Args:
        items: references or works, each with an id of its own.
        style: as of :func:`typeset`.
        to: ``text``, ``html``, ``markdown``, ``latex``, ``rtf``, ``typst``, ``rst`` or
            ``docx`` (a fragment of WordprocessingML).
        locale: as of :func:`typeset`.
        group_by: ``type``, ``year`` or a CSL variable: a heading for each of its
            values; none if empty.
        links: make links of DOIs and addresses.
        marks: item id -> what is put behind its entry, such as ``[retracted]``.
        settings: as of :func:`typeset`.

    Raises:
        ValueError: there is no such format or variable.
        UnknownStyle: there is no such style, or several are meant.
        StyleError: the style cannot be rendered, or has no bibliography.
        InputError: its file cannot be read.
    """
    from lupusrefs.csl.output.formats import OutputFormat, writer  # noqa: PLC0415

    output = OutputFormat(to)
    grouping = _grouping(group_by)
    set_ = typeset(items, style, locale=locale, links=links, settings=settings)
    processor = set_.processor
    bibliography = processor.bibliography(marks=marks or {})
    format_ = writer(output)
    if grouping is None:
        body = format_.bibliography(bibliography.entries, bibliography.layout)
    else:
        from lupusrefs.csl.output.headings import heading  # noqa: PLC0415 - seldom

        groups = grouping.groups(bibliography.entries, processor.items, processor.term)
        body = "\n".join(
            heading(name, output) + format_.bibliography(entries, bibliography.layout)
            for name, entries in groups
        )
    text = format_.standalone(body)
    shown = {entry.id for entry in bibliography.entries}
    return Rendered(
        text if text.endswith("\n") or not text else f"{text}\n",
        set_.style,
        _missing(bibliography.missing, processor),
        tuple(one for one in processor.items if one not in shown),
        set_.problems,
        set_.warnings,
    )


def cite(
    cites: Sequence[CiteItem | str],
    items: Iterable[Item] | Library,
    style: str | None = None,
    *,
    to: OutputFormat | str = "text",
    locale: str | None = None,
    settings: Settings | None = None,
) -> str:
    """One citation, as it stands in a text that cites all of the items.

    Args:
        cites: what is cited, by id or with locators and affixes.
        items: all that the text cites, in the order in which it does.
        style: as of :func:`typeset`.
        to: as of :func:`render`.
        locale: as of :func:`typeset`.
        settings: as of :func:`typeset`.

    Raises:
        ValueError: there is no such format.
        UnknownItem: an id is of no item.
        UnknownStyle: there is no such style, or several are meant.
        StyleError: the style cannot be rendered.
        InputError: its file cannot be read.
    """
    from lupusrefs.csl.rendering import CiteItem  # noqa: PLC0415

    set_ = typeset(items, style, locale=locale, settings=settings)
    wanted = [CiteItem(one) if isinstance(one, str) else one for one in cites]
    return set_.cite(wanted, to=to)


def _grouping(group_by: str) -> Grouping | None:
    """What is grouped by; None for nothing.

    Raises:
        ValueError: there is no such variable.
    """
    if not group_by.strip():
        return None
    from lupusrefs.grouping import Grouping  # noqa: PLC0415 - seldom

    return Grouping.parse(group_by)


def _data(item: Item) -> dict[str, JsonValue]:
    """An item as the processor reads it."""
    data = item.to_csl()
    for variable in NAMES:
        names = getattr(item, field_name(variable))
        if names:
            data[variable] = [dict(n.with_spaced_initials().to_csl()) for n in names]
    return data


def _missing(
    wanted: Mapping[str, Sequence[str]], processor: Processor
) -> dict[str, tuple[str, ...]]:
    """Of the variables that a style looked for those that a reader needs."""
    found: dict[str, tuple[str, ...]] = {}
    for item_id, variables in wanted.items():
        needed = NEEDED.get(processor.items[item_id].type, ())
        # A number of an article is looked for where it might have one for a page.
        sought = {"title", *needed} - {"number"}
        lacking = tuple(one for one in dict.fromkeys(variables) if one in sought)
        if lacking:
            found[item_id] = lacking
    return found
