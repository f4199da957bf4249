"""Names that are of other kinds of CSL: the old 0.8, the coming 1.1, and CSL-M.

Sources: the CSL 1.0 release notes, for what 0.8 had; the schema of CSL 1.1 as it is
drafted in citation-style-language/schema; ``csl-mlz.rnc`` of Juris-M/schema.
"""

from __future__ import annotations

from typing import Final

from lupusrefs.csl.validation.vocabulary import words

_OLD: Final = "CSL 0.8"
_COMING: Final = "CSL 1.1"
_LEGAL: Final = "CSL-M"

_ELEMENTS: Final = {
    "option": _OLD,
    **dict.fromkeys(words("component intext name-type"), _COMING),
    **dict.fromkeys(
        words("condition conditions institution institution-part law-module"), _LEGAL
    ),
}
_ATTRIBUTES: Final = {
    "include-period": _OLD,
    **dict.fromkeys(
        words(
            "always-render date-precision date-range form-subsequent"
            " if-institution-short is-uncertain-name matches multiple"
            " normalize-title-delimiters tested title-delimiter title-split"
            " title-sub-delimiter"
        ),
        _COMING,
    ),
    **dict.fromkeys(
        words(
            "authority-residue context default-locale-sort genre has-day"
            " has-to-month-or-season has-year-only if-short institution-parts"
            " is-parallel is-plural jurisdiction jurisdiction-preference label-form"
            " leading-noise-words locale name-as-reverse-order name-never-short oops"
            " part-separator reject require reverse-order skip-words stop-last"
            " subgroup-delimiter"
            " subgroup-delimiter-precedes-last subjurisdictions substitute-use-first"
            " suppress-max suppress-min use-first use-last year-range-format"
        ),
        _LEGAL,
    ),
}
_VERSIONS: Final = (("0.", _OLD), ("1.1m", _LEGAL), ("1.1", _COMING))


def of_element(tag: str) -> str | None:
    """The kind of CSL that has an element which CSL 1.0.2 lacks."""
    return _ELEMENTS.get(tag)


def of_attribute(name: str) -> str | None:
    """The kind of CSL that has an attribute which CSL 1.0.2 lacks."""
    return _ATTRIBUTES.get(name)


def of_version(version: str) -> str | None:
    """The kind of CSL that has a version.

    >>> of_version("1.1mlz1")
    'CSL-M'
    """
    kinds = (kind for start, kind in _VERSIONS if version.startswith(start))
    return next(kinds, None)
