"""Fields of EndNote's XML in the right slots, where several of them say one thing.

Source: EndNote's manual, "Reference Types" and "Term Lists" (a journal's full name and
abbreviations); EndNote's import filter for PubMed, whose "DOI" has every identifier of
the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lupusrefs.formats.endnote.doi import is_doi_only
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.meanings import variable
from lupusrefs.formats.endnote.types import Kind
from lupusrefs.formats.endnote_xml.elements import NUMBER, number_slot
from lupusrefs.model.doi_text import find_dois

#: What EndNote calls the provider of PubMed.
NLM: Final = "NLM"
_PUBMED: Final = re.compile(r"pub\s?med|medline|\bnlm\b", re.IGNORECASE)
_PMID: Final = re.compile(r"[1-9][0-9]{0,7}")
_OTHER_NAMES: Final = frozenset(("alt-periodical/full-title", "alt-periodical/abbr-1"))
_ABBREVIATIONS: Final = frozenset(
    (
        *("titles/alt-title", "alt-periodical/abbr-1"),
        *("periodical/abbr-1", "periodical/abbr-2", "periodical/abbr-3"),
    )
)


def settled(kind: Kind, fields: Sequence[SlotField]) -> list[SlotField]:
    """The fields in their slots, without those that only repeat others."""
    fields = [
        one.in_slot(number_slot(kind)) if one.tag == NUMBER else one for one in fields
    ]
    return list(_dois(_pubmed(list(_titles(kind, fields)))))


def _titles(kind: Kind, fields: Sequence[SlotField]) -> Iterator[SlotField]:
    """The title of the whole and its short form, of up to eight elements.

    A journal's name stands in the record as typed, and again as in the list of all
    journals, where the abbreviations are: if the typed one is an abbreviation, the
    full name is better. What is in that list is a periodical in records of all kinds.
    """
    typed = _first(fields, "titles/secondary-title")
    full = _first(fields, "periodical/full-title")
    short = {one.text for one in fields if one.tag in _ABBREVIATIONS}
    is_container = variable(kind, "secondary-title") == "container-title"
    is_short = bool(full) and typed in short and typed != full
    is_full_better = not typed or is_short or not is_container
    for one in fields:
        if one.tag == "titles/secondary-title" and full and is_full_better:
            if one.text != full:
                yield one.in_slot("alternate-title") if is_short else one
        elif one.tag == "periodical/full-title":
            if is_full_better:
                yield one
            elif one.text != typed:
                yield one.in_slot("")
        elif one.tag not in _OTHER_NAMES or one.text not in {typed, full, *short}:
            yield one


def is_pubmed(host: str) -> bool:
    """Whether a database or its provider is PubMed's.

    >>> is_pubmed("NLM"), is_pubmed("Scopus")
    (True, False)
    """
    return _PUBMED.search(host) is not None


def _first(fields: Sequence[SlotField], tag: str) -> str:
    return next((one.text for one in fields if one.tag == tag), "")


def _pubmed(fields: Sequence[SlotField]) -> list[SlotField]:
    """An accession number of PubMed is the PMID; its provider says no more then."""
    hosts = [one for one in fields if one.slot in {"database", "provider"}]
    if not any(is_pubmed(one.text) for one in hosts):
        return list(fields)
    if not any(_is_pmid(one) for one in fields):
        return list(fields)
    return [
        one.in_slot("pmid")
        if _is_pmid(one)
        else one.in_slot("")
        if one.slot == "provider" and one.text.casefold() == NLM.casefold()
        else one
        for one in fields
    ]


def _is_pmid(one: SlotField) -> bool:
    return one.slot == "accession" and _PMID.fullmatch(one.text) is not None


def _dois(fields: Sequence[SlotField]) -> Iterator[SlotField]:
    """The DOI among the identifiers of ``electronic-resource-num``."""
    for one in fields:
        if one.slot != "doi" or is_doi_only(one.text):
            yield one
            continue
        mentions = find_dois(one.text)
        if len({mention.doi.key for mention in mentions}) == 1:
            yield replace(one, lines=(mentions[0].doi.name,))
        yield one.in_slot("")
