"""Words in names of journals, books and proceedings that are special there."""

from __future__ import annotations

from typing import Final

#: What catalogues add behind a name to tell it from others (comparison.md B97).
PLACES: Final = frozenset(
    """
    amst amsterdam baltim baltimore basel beijing berl berlin bethesda bost boston
    camb cambridge chic chicago copenh copenhagen edinb edinburgh england ger
    germany grand hagerstown heidelb heidelberg lausanne lond london madr madrid
    md milano mosc moscow noisy ny nyc oldendorf oxf oxford phila philadelphia
    rome shanghai stockh stockholm tokyo torino uk us usa wars washington weinheim
    """.split()  # noqa: SIM905 - a list of words
)

#: Words that many names share, and that prove nothing.
COMMON: Final = frozenset(
    """
    academic acm acs acta advanced advances aip american annales annals annual
    applied archiv archive archives asian association basic british bull bulletin
    central chinese clinical collection commun communications comprehensive conf
    conference congress contemporary council critical current data development
    edition encyclopedia engineering essays euro european experimental frontiers
    fundamental general global handbook ieee in information innovation institute
    int international introduction iop issues j japanese jnl jour journal korean
    lecture lett letters magazine management meeting methods modern national new
    notes online open paper papers perspectives practice principles proc
    proceedings process progress quarterly recent report reports res research rev
    review reviews revista royal russian sci science sciences series social
    society spie studies study symposium system systems technical technologies
    technology theory topics trans transactions trends university volume workshop
    world zeitschrift zhurnal
    """.split()  # noqa: SIM905 - a list of words
)

#: Of these is what follows a name for its edition or its medium;
EDITIONS: Final = frozenset(
    (
        "ed",
        "edition",
        "engl",
        "english",
        "imprint",
        "in",
        "int",
        "international",
        "internet",
        "official",
        "online",
        "print",
    )
)
#: one of these is among them.
EDITION: Final = EDITIONS - {"in", "int", "international", "official"}
#: A subtitle with one of these only says what kind of thing it is.
SUBTITLE_WORDS: Final = frozenset(("journal", "magazine", "publication", "review"))
#: Words of English names
ENGLISH: Final = frozenset(("and", "for", "of", "the"))
#: and of names in other languages.
FOREIGN: Final = frozenset(
    """
    anales annales archivos arkhiv arquivos cadernos da de del der des di do
    doklady du et fiziki fuer fur izvestiya jurnal klinicheskaya la nauk revista
    revue rivista tidsskrift tijdschrift trudy und uspekhi vestnik zeitschrift
    zhurnal
    """.split()  # noqa: SIM905 - a list of words
)
