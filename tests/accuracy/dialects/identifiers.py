"""How citers write DOI, ISBN and ISSN."""

from __future__ import annotations

import re
from random import Random
from typing import Final
from urllib.parse import quote

from accuracy.case import Case, cited, cited_text, dialects


def _doi_in_url(case: Case, _: Random) -> Case | None:
    doi = case.reference.doi
    if not doi:
        return None
    return cited(case, doi=None, url=f"https://doi.org/{quote(doi, safe='/')}")


def _numbers(text: str | None) -> list[str]:
    return [part for part in re.split(r"[,;\s]+", text or "") if part]


def _any_issn(case: Case, random: Random) -> Case | None:
    known = _numbers(case.work.issn)
    return cited(case, issn=random.choice(known)) if known else None


def _bare_issn(case: Case, random: Random) -> Case | None:
    known = _numbers(case.work.issn)
    if not known:
        return None
    return cited(case, issn=random.choice(known).replace("-", ""))


def _any_isbn(case: Case, random: Random) -> Case | None:
    known = _numbers(case.work.isbn)
    return cited(case, isbn=random.choice(known)) if known else None


def _isbn_10(case: Case, _: Random) -> Case | None:
    """The ten digits of a registered ISBN of thirteen."""
    digits = [n.replace("-", "") for n in _numbers(case.work.isbn)]
    known = [n for n in digits if re.fullmatch(r"978\d{10}", n)]
    if not known:
        return None
    body = known[0][3:12]
    total = sum((10 - at) * int(digit) for at, digit in enumerate(body))
    check = (11 - total % 11) % 11
    return cited(case, isbn=body + ("X" if check == len("0123456789") else str(check)))


def _hyphened_isbn(case: Case, _: Random) -> Case | None:
    digits = [n.replace("-", "") for n in _numbers(case.work.isbn)]
    known = [n for n in digits if re.fullmatch(r"978\d{10}", n)]
    if not known:
        return None
    isbn = known[0]
    return cited(case, isbn=f"{isbn[:3]}-{isbn[3]}-{isbn[4:8]}-{isbn[8:12]}-{isbn[12]}")


DIALECTS: Final = dialects(
    "identifier",
    {
        "https://doi.org/": cited_text("doi", lambda d: f"https://doi.org/{d}"),
        "http://dx.doi.org/": cited_text("doi", lambda d: f"http://dx.doi.org/{d}"),
        "doi: before it": cited_text("doi", lambda d: f"doi: {d}"),
        "DOI in capitals": cited_text("doi", str.upper),
        "DOI percent-encoded": cited_text(
            "doi", lambda d: f"https://doi.org/{quote(d, safe='')}"
        ),
        "DOI in the URL": _doi_in_url,
        "any ISSN": _any_issn,
        "ISSN without hyphen": _bare_issn,
        "any ISBN": _any_isbn,
        "ISBN-10": _isbn_10,
        "ISBN with hyphens": _hyphened_isbn,
    },
)
