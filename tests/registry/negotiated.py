"""The formats that content negotiation serves (registries.md 1.4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from registry.messages import BIBTEX_TYPE, CSL_TYPE, Answer, dump

if TYPE_CHECKING:
    from registry.messages import Json, Record
    from registry.records import Records

CSL_ALIASES = (CSL_TYPE, "application/citeproc+json")
BIBTEX_ALIASES = (BIBTEX_TYPE, "text/bibliography; style=bibtex")
ANYTHING = ("", "*/*")


def wanted_types(accept: str) -> list[str]:
    """The media types of an Accept header, best first, without parameters."""
    weighed: list[tuple[float, str]] = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q" and value.replace(".", "", 1).isdigit():
                weight = float(value)
        weighed.append((-weight, name.lower()))
    return [name for _, name in sorted(weighed, key=lambda pair: pair[0])]


def asks_for_metadata(accept: str) -> bool:
    """Whether doi.org would hand this Accept on to the agency."""
    best = wanted_types(accept)[0]
    return best not in (*ANYTHING, "text/html", "application/xhtml+xml")


def rendered(accept: str, item: Record) -> Answer | None:
    """One CSL item in the first wanted type that is on offer, or None."""
    for name in wanted_types(accept):
        if name in (*CSL_ALIASES, *ANYTHING):
            return Answer(200, dump(item), CSL_TYPE)
        if name in BIBTEX_ALIASES:
            return Answer(200, bibtex(item), BIBTEX_TYPE)
    return None


def crossref_item(records: Records, doi: str) -> Record | None:
    """Crossref's CSL-JSON: its REST record with titles as strings."""
    recorded = records.csl.record(doi)
    if recorded is not None and recorded.get("source") == "Crossref":
        return recorded
    work = records.crossref.record(doi)
    if work is not None:
        for name in ("title", "container-title", "short-container-title"):
            work[name] = _first(work.get(name), "")
    return work


def datacite_item(records: Records, doi: str) -> Record | None:
    """DataCite's CSL-JSON of a resource, as far as a citation needs it."""
    resource = records.datacite.record(doi)
    if resource is None:
        return records.csl.record(doi)
    attributes = resource.get("attributes")
    if not isinstance(attributes, dict):
        return None
    types = attributes.get("types")
    item: Record = {
        "type": types.get("citeproc", "article") if isinstance(types, dict) else None,
        "id": f"https://doi.org/{doi}",
        "author": [_csl_name(one) for one in _list(attributes.get("creators"))],
        "issued": {"date-parts": [[attributes.get("publicationYear")]]},
        "DOI": doi.upper(),
        "publisher": attributes.get("publisher"),
        "title": _title(attributes.get("titles")),
        "URL": attributes.get("url"),
    }
    return {key: value for key, value in item.items() if value is not None}


def bibtex(item: Record) -> bytes:
    """BibTeX as Crossref writes it now: one line, a leading space, en dashes."""
    names = [one for one in _list(item.get("author")) if isinstance(one, dict)]
    year = json.dumps(item.get("issued")).lstrip('{"date-prs:[ ')[:4]
    family = names[0].get("family", "") if names else ""
    fields = {
        "title": item.get("title"),
        "volume": item.get("volume"),
        "url": f"http://dx.doi.org/{item.get('DOI')}",
        "DOI": item.get("DOI"),
        "number": item.get("issue"),
        "journal": item.get("container-title"),
        "publisher": item.get("publisher"),
        "author": " and ".join(_bibtex_name(one) for one in names),
        "year": year if year.isdigit() else None,
        "pages": str(item.get("page") or "").replace("-", "–"),
    }
    written = ", ".join(f"{key}={{{value}}}" for key, value in fields.items() if value)
    return f" @article{{{family}_{year}, {written} }}\n".encode()


def _bibtex_name(name: Record) -> str:
    if "family" not in name:
        return f"{{{name.get('name') or name.get('literal')}}}"
    return ", ".join(str(name[key]) for key in ("family", "given") if name.get(key))


def _csl_name(creator: Json) -> Json:
    if not isinstance(creator, dict):
        return None
    if creator.get("familyName"):
        return {"family": creator["familyName"], "given": creator.get("givenName")}
    return {"literal": creator.get("name")}


def _title(titles: Json) -> Json:
    first = _first(titles, None)
    return first.get("title") if isinstance(first, dict) else None


def _first(values: Json, default: Json) -> Json:
    return values[0] if isinstance(values, list) and values else default


def _list(values: Json) -> list[Json]:
    return values if isinstance(values, list) else []
