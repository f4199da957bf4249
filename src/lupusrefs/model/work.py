"""What a registry asserts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from lupusrefs.model.item import CslDate, Item


class Agency(StrEnum):
    """Registration agencies of the DOI foundation, by their usual spelling.

    Source: doi.org "Which RA?"; registries.md 1.5. Agencies that are not here keep
    the name doiRA gives them.
    """

    CROSSREF = "Crossref"
    DATACITE = "DataCite"
    MEDRA = "mEDRA"
    JALC = "JaLC"
    KISTI = "KISTI"
    AIRITI = "Airiti"
    ISTIC = "ISTIC"
    CNKI = "CNKI"
    OP = "OP"
    BSI = "BSI"
    HAN = "HAN"
    EIDR = "EIDR"


_AGENCY_BY_KEY = {str(agency).casefold(): str(agency) for agency in Agency}


def agency_name(text: str) -> str:
    """An agency's usual name; doiRA spells it differently from year to year.

    >>> agency_name("Data Cite"), agency_name("CrossRef"), agency_name("Public")
    ('DataCite', 'Crossref', 'Public')
    """
    return _AGENCY_BY_KEY.get("".join(text.split()).casefold(), text.strip())


class _Record(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        populate_by_name=True,
    )


class Provenance(_Record):
    """Who gave an answer, and when.

    Attributes:
        answered_by: ``crossref``, ``datacite``, ``doi.org``, ``arxiv``, ``mirror`` for
            a local mirror, or ``snapshot`` for the bundled records.
        url: what was asked, without credentials; None for mirror and snapshot.
        fetched: when it was answered, in UTC; of a mirror, the day up to which it is
            complete.
    """

    answered_by: str
    url: str | None = None
    fetched: datetime


class Update(_Record):
    """One entry of Crossref's ``update-to`` or ``updated-by`` (registries.md 2.4).

    Attributes:
        doi: the other end: the work updated, or the notice that updates.
        type: ``retraction``, ``correction``, ``new_version`` ..., as registered.
        label: the registry's wording of the type.
        source: ``publisher`` or ``retraction-watch``; None in old records.
        date: date of the notice.
    """

    doi: str
    type: str
    label: str | None = None
    source: str | None = None
    date: CslDate | None = None


class Relation(_Record):
    """One stated relation to another object.

    Attributes:
        type: Crossref's or DataCite's own name of the relation, such as
            ``is-preprint-of`` or ``IsVersionOf``.
        id: the identifier of the other end.
        id_type: ``doi``, ``uri``, ``arxiv`` ...
        asserted_by: ``subject`` or ``object``; None where it is not said.
    """

    type: str
    id: str
    id_type: str
    asserted_by: str | None = None


class RegisteredDate(_Record):
    """One of the dates a registry keeps, by its own kind of date.

    Attributes:
        kind: ``print``, ``online``, ``posted``, ``published`` ... (Crossref), or
            DataCite's ``dateType`` (``Issued``, ``Available`` ...).
        date: the date.
    """

    kind: str
    date: CslDate


class Work(Item):
    """A registered work: CSL variables, and what only a registry knows.

    ``id`` is the registered DOI in the registry's spelling. Text is verbatim:
    markup and entities stay, because evidence is quoted from here.

    Attributes:
        agency: the registration agency; None where nobody says.
        registered_type: the registry's own type, such as ``component``.
        titles: every registered title, the preferred one first.
        container_titles: every registered container title, full and short.
        has_lead: whether the registry marks one author, the first, as the first.
        dates: every registered date.
        article_number: article number, where the registry keeps it apart.
        updates: works that this one updates (it is their notice).
        updated_by: notices that update this work.
        relations: all other stated relations.
        aliases: DOIs that were merged into this one.
        state: DataCite's ``findable`` or ``registered``; None elsewhere.
        provenance: who said all this, and when.
    """

    agency: str | None = None
    registered_type: str | None = None
    titles: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    container_titles: tuple[str, ...] = ()
    has_lead: bool = False
    dates: tuple[RegisteredDate, ...] = ()
    article_number: str | None = None
    updates: tuple[Update, ...] = ()
    updated_by: tuple[Update, ...] = ()
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()
    state: str | None = None
    provenance: Provenance
