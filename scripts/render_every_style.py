"""Render five items of different types in every style that comes along.

Of independent styles a citation and the bibliography are rendered, of dependent ones
the parent's in the language that they ask for. Said is what cannot be loaded or
rendered, and what comes out empty; the exit code is 1 if there is any of that.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from lupusrefs.csl import CiteItem, Processor, Style, writer
from lupusrefs.csl.bibliography import NO_PRINTED_FORM
from lupusrefs.errors import LupusrefsError
from lupusrefs.styles.catalogue import Catalogue
from lupusrefs.styles.packages import installed_styles, locale_text

_AUTHORS: Final = [
    {"family": "Doe", "given": "Jane Q."},
    {"family": "van der Berg", "given": "Jan"},
    {"family": "Roe", "given": "R."},
    {"family": "Poe", "given": "E. A."},
]
ITEMS: Final[list[Mapping[str, object]]] = [
    {
        "id": "article",
        "type": "article-journal",
        "title": "On wolves",
        "author": _AUTHORS,
        "container-title": "Journal of Wolves",
        "container-title-short": "J Wolves",
        "volume": "12",
        "issue": "3",
        "page": "101-109",
        "issued": {"date-parts": [[2019, 5, 2]]},
        "DOI": "10.5555/wolves",
    },
    {
        "id": "book",
        "type": "book",
        "title": "The wolf",
        "author": _AUTHORS[:1],
        "publisher": "Press",
        "publisher-place": "Berlin",
        "edition": "2",
        "issued": {"date-parts": [[2001]]},
    },
    {
        "id": "chapter",
        "type": "chapter",
        "title": "Packs",
        "author": [{"literal": "World Wolf Organization"}],
        "editor": _AUTHORS[2:3],
        "container-title": "All about wolves",
        "publisher": "Press",
        "publisher-place": "Rome",
        "page": "1-5",
        "issued": {"date-parts": [[1999, 12]]},
    },
    {
        "id": "webpage",
        "type": "webpage",
        "title": "A page",
        "author": _AUTHORS[3:],
        "URL": "https://example.org/wolves",
        "accessed": {"date-parts": [[2024, 5, 6]]},
    },
    {
        "id": "thesis",
        "type": "thesis",
        "title": "Howling",
        "genre": "PhD thesis",
        "author": _AUTHORS[2:3],
        "publisher": "University",
        "issued": {"date-parts": [[2020]]},
    },
]
HTML: Final = writer("html")


def troubles(text: str, name: str, language: str | None = None) -> Iterator[str]:
    """What goes wrong with a style.

    Args:
        text: of an independent style.
        name: of its file.
        language: to render in, if not in its own.
    """
    try:
        style = Style.parse(text, name)
        processor = Processor(style, ITEMS, locale_text, language)
        cites = [CiteItem("article"), CiteItem("book", locator="5")]
        cited = HTML.inline(processor.citation(cites))
        if not cited.strip() or NO_PRINTED_FORM in cited:
            yield "its citations show nothing"
        if style.bibliography is not None and not processor.bibliography().entries:
            yield "its bibliography is empty"
    except LupusrefsError as error:
        yield str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be told
        yield f"{type(error).__name__}: {error}"


def main() -> int:
    """Go through all styles, and tell what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take every nth style")
    step = parser.parse_args().every
    began = time.perf_counter()
    files = installed_styles()
    independent = sorted(Path(files.folder).glob("*.csl"))[::step]
    dependent = sorted(Path(files.folder, "dependent").glob("*.csl"))[::step]
    wrong = [
        f"{path.stem}: {trouble}"
        for path in independent
        for trouble in troubles(path.read_text(encoding="utf-8"), path.name)
    ]
    with TemporaryDirectory() as folder, Catalogue(Path(folder)) as catalogue:
        for path in dependent:
            try:
                found = catalogue.find(path.stem).resolve()
            except LupusrefsError as error:
                wrong.append(f"{path.stem}: {error}")
                continue
            told = troubles(found.text, path.name, found.default_locale)
            wrong += [f"{path.stem}: {trouble}" for trouble in told]
    print("\n".join(wrong))
    seconds = time.perf_counter() - began
    counts = f"{len(independent)} independent and {len(dependent)} dependent styles"
    print(f"{counts}: {len(wrong)} troubles, in {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
