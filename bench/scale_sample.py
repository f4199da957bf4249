"""Make data files of millions of works, and references that cite them.

The recorded answers of the corpus (some 2,500 of Crossref, 600 of DataCite) are
multiplied under made-up DOIs (`10.99001/<8 hexadecimal digits>.<suffix>`) into files
of 5,000 records as the registries publish them: of ten files five are Crossref's
`*.json.gz` (one object with `items`), four its `*.jsonl.gz`, one DataCite's JSON Lines.
Authors, dates and journals stay; up to four words of the title, volume and pages are
other ones in each copy. Everything follows from the seed and the number of a record,
on every machine and in any order.

How this compares with the real files:

- Reference lists are cut at 40 entries. That leaves 12 a record, and 5.0 kB of JSON,
  which `gzip -6` makes 1.25 kB of; Crossref's file of 2024 has some 200 GB for 156
  million records, 1.28 kB each. (Without the cut: 17 entries, 6.1 kB, 1.5 kB.)
- DataCite's records have 4.2 kB of JSON and 1.06 kB of gzip; those of its file of 2023
  4.0 kB and 0.45 kB, for they lie there by prefix, thousands alike side by side.
- gzip sees 32 kB, six records or so. The records are in random order, thus two copies
  of one hardly ever fall into it, and a file is no smaller than one of distinct works.
- The gzip files are written fast (ISA-L, level 2) and are an eighth larger than those
  of `gzip -6`.
- A mirror is sorted by DOI, and a made-up DOI begins at random: of the 256 rows of a
  row group some ten have a twin there, which helps zstd by a few per cent; real
  neighbours are of one journal, which helps it more.

Usage: python -m bench.scale_sample FOLDER --records N [--part P]
       python -m bench.scale_sample FOLDER --records N --references M
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

import orjson
from isal import igzip

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from accuracy.case import Case, cite  # noqa: E402 - the tests' own citers
from accuracy.dialects import DIALECTS  # noqa: E402
from accuracy.planted import CORRUPTIONS  # noqa: E402
from accuracy.pool import Pool  # noqa: E402
from accuracy.records import Recorded, can_be_cited, read  # noqa: E402

# A record as a registry publishes it: nobody here depends on what is in it.
Record: TypeAlias = dict[str, Any]

SEED: Final = 20261125
FILE_RECORDS: Final = 5_000
MOST_REFERENCES: Final = 40
# So many parts, and records in each, have DOIs of their own.
PARTS, PART_RECORDS = 64, 1 << 26
# Registrants that do not exist.
PREFIXES: Final = {"crossref": "10.99001", "datacite": "10.99002"}
STAMP: Final = ".stamp.json"
LEVEL: Final = 2
# A mistake in every tenth reference; one in a hundred has a DOI that is nobody's.
MISTAKES, ABSENT = 10, 100
REFERENCES_AT_ONCE: Final = 2_000

_TITLE_WORDS: Final = 4
_WORD: Final = re.compile(r"(?<![\w&<>/-])[A-Za-z][a-z]{4,}(?![\w&<>;-])")
_PAGES: Final = re.compile(r"([1-9]\d{0,5})-([1-9]\d{0,5})")
_VOLUME: Final = re.compile(r"[1-9]\d{0,2}")
# Where a copy has a value of its own: a control character, which no record has.
_MARK: Final = "\x02"
_SLOT: Final = re.compile(rb"\\u0002(\w+)\\u0002")
_STYLES: Final = ("Vancouver", "APA", "Nature", "IEEE", "Chicago")
_PLANTED: Final = (
    "volume +1",
    "another first page",
    "year +3",
    "first author replaced",
    "initial of the first author",
    "another journal",
    "title word replaced",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much some files are.

    Attributes:
        records: how many records.
        json: bytes before compression.
        gz: bytes as they lie there.
    """

    records: int
    json: int
    gz: int

    def __add__(self, other: Size) -> Size:
        return Size(
            self.records + other.records, self.json + other.json, self.gz + other.gz
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A recorded answer, cut where its copies differ.

    Attributes:
        registry: whose it is.
        texts: the bytes between the slots, one more than there are slots.
        slots: what stands there: ``d`` for the DOI, ``v`` volume, ``p`` and ``q`` the
            pages, ``w0`` ... words of the title, ``W0`` ... with a capital.
        volume: the registered volume; 0 where it stays as it is.
        pages: the registered first and last page; (0, 0) where they stay.
    """

    registry: str
    texts: tuple[bytes, ...]
    slots: tuple[str, ...]
    volume: int
    pages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Templates:
    """All of them, and the words that titles are varied with."""

    crossref: tuple[Template, ...]
    datacite: tuple[Template, ...]
    words: tuple[bytes, ...]

    def copy(self, registry: str, number: int, seed: int = SEED) -> bytes:
        """The JSON of one record.

        Args:
            registry: of which it is.
            number: which one; with the part in it (see :func:`number_of`).
            seed: of the whole sample.
        """
        template, drawn = self.chosen(registry, number, seed)
        values: dict[str, bytes] = {
            "d": b"%08x" % (number * 0x9E3779B1 % (1 << 32)),
            "v": b"%d" % (template.volume + drawn % 23),
            "p": b"%d" % (template.pages[0] + drawn % 101),
            "q": b"%d" % (template.pages[1] + drawn % 101),
        }
        for at in range(_TITLE_WORDS):
            drawn = _mixed(drawn)
            word = self.words[drawn % len(self.words)]
            values |= {f"w{at}": word, f"W{at}": word.capitalize()}
        pieces = [template.texts[0]]
        for slot, text in zip(template.slots, template.texts[1:], strict=True):
            pieces += (values[slot], text)
        return b"".join(pieces)

    def chosen(
        self, registry: str, number: int, seed: int = SEED
    ) -> tuple[Template, int]:
        """Which answer a record is a copy of, and what its values are drawn from."""
        of = self.crossref if registry == "crossref" else self.datacite
        drawn = _mixed((seed << 32) ^ number)
        return of[drawn % len(of)], _mixed(drawn)


def corpus() -> Path:
    """The folder of recorded answers.

    Raises:
        SystemExit: it is not there.
    """
    where = Path(os.environ.get("LUPUSREFS_CORPUS") or ROOT.parent / "shared/corpus")
    if not (where / "registry" / "crossref").is_dir():
        raise SystemExit(f"no corpus in {where}: set LUPUSREFS_CORPUS to its folder")
    return where


def _mixed(value: int) -> int:
    """The next 64 bits of a sequence that looks random (SplitMix64)."""
    value = (value + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


def number_of(part: int, index: int) -> int:
    """The number that a record has among those of all parts."""
    return part * PART_RECORDS + index


def registry_of(index: int) -> str:
    """Whose record is at this place of a part; one file in ten is DataCite's."""
    return "datacite" if index // FILE_RECORDS % 10 == 2 else "crossref"  # noqa: PLR2004


@lru_cache(maxsize=1)
def templates() -> Templates:
    """Read the corpus."""
    folder = corpus() / "registry"
    found: dict[str, list[Template]] = {}
    words = set[str]()
    for registry, marked in (("crossref", _crossref), ("datacite", _datacite)):
        for file in sorted((folder / registry).glob("*.json")):
            record: Record = orjson.loads(file.read_bytes())
            words.update(map(str.lower, _WORD.findall(_title(registry, record))))
            found.setdefault(registry, []).append(marked(record))
    in_order = tuple(word.encode() for word in sorted(words))
    return Templates(tuple(found["crossref"]), tuple(found["datacite"]), in_order)


def _title(registry: str, record: Record) -> str:
    if registry == "crossref":
        return str((record.get("title") or [""])[0])
    return str(((record["attributes"].get("titles") or [{}])[0]).get("title"))


def _crossref(record: Record) -> Template:
    doi = _made_up("crossref", str(record["DOI"]))
    record |= {"DOI": doi, "URL": f"https://doi.org/{doi}"}
    record["prefix"] = PREFIXES["crossref"]
    if record.get("title"):
        record["title"] = [_marked_title(record["title"][0]), *record["title"][1:]]
    if record.get("reference"):
        record["reference"] = record["reference"][:MOST_REFERENCES]
    if record.get("aliases"):
        record["aliases"] = [f"{doi}.{at}" for at, _ in enumerate(record["aliases"])]
    volume, pages = _numbers(record.get("volume"), record.get("page"))
    if volume:
        record["volume"] = _slot("v")
    if any(pages):
        record["page"] = f"{_slot('p')}-{_slot('q')}"
    return _template("crossref", record, volume, pages)


def _datacite(record: Record) -> Template:
    doi = _made_up("datacite", str(record["id"]))
    attributes: Record = record["attributes"]
    record["id"] = attributes["doi"] = doi
    for one in attributes.get("identifiers") or ():
        if one.get("identifierType") == "DOI":
            one["identifier"] = f"https://doi.org/{doi}"
    for one in (attributes.get("titles") or ())[:1]:
        one["title"] = _marked_title(one.get("title") or "")
    container: Record = attributes.get("container") or {}
    first, last = container.get("firstPage"), container.get("lastPage")
    volume, pages = _numbers(container.get("volume"), f"{first}-{last}")
    if volume:
        container["volume"] = _slot("v")
    if any(pages):
        container |= {"firstPage": _slot("p"), "lastPage": _slot("q")}
    return _template("datacite", record, volume, pages)


def _made_up(registry: str, doi: str) -> str:
    return f"{PREFIXES[registry]}/{_slot('d')}.{doi.partition('/')[2]}"


def _slot(name: str) -> str:
    return f"{_MARK}{name}{_MARK}"


def _marked_title(title: str) -> str:
    """The title with slots in place of some words: the longest, up to four."""
    words = sorted(_WORD.finditer(title), key=lambda one: -len(one[0]))[:_TITLE_WORDS]
    for at, word in enumerate(sorted(words, key=lambda one: -one.start())):
        name = f"{'w' if word[0].islower() else 'W'}{at}"
        title = f"{title[: word.start()]}{_slot(name)}{title[word.end() :]}"
    return title


def _numbers(volume: object, page: object) -> tuple[int, tuple[int, int]]:
    """Volume and pages where they are such that other ones are as good."""
    plain = _VOLUME.fullmatch(str(volume))
    pages = _PAGES.fullmatch(str(page))
    return (
        int(plain[0]) if plain else 0,
        (int(pages[1]), int(pages[2])) if pages else (0, 0),
    )


def _template(
    registry: str, record: Record, volume: int, pages: tuple[int, int]
) -> Template:
    parts = _SLOT.split(orjson.dumps(record))
    slots = tuple(name.decode() for name in parts[1::2])
    return Template(registry, tuple(parts[::2]), slots, volume, pages)


def file_name(file: int) -> str:
    """Name of a data file; it tells the shape: see the top of this page."""
    if registry_of(file * FILE_RECORDS) == "datacite":
        return f"datacite-{file:05d}.jsonl.gz"
    return f"{file:05d}.{'jsonl' if file % 2 else 'json'}.gz"


def _write(folder: Path, part: int, records: int, file: int) -> Size:
    """One data file; it appears whole or not at all."""
    made = templates()
    indexes = range(file * FILE_RECORDS, min((file + 1) * FILE_RECORDS, records))
    registry = registry_of(indexes[0])
    copies = [made.copy(registry, number_of(part, index)) for index in indexes]
    name = file_name(file)
    is_lines = ".jsonl" in name
    text = b"\n".join((*copies, b"")) if is_lines else _items(copies)
    packed = igzip.compress(text, LEVEL)
    unfinished = folder / f"{name}.unfinished"
    unfinished.write_bytes(packed)
    unfinished.replace(folder / name)
    return Size(len(copies), len(text), len(packed))


def _items(copies: Sequence[bytes]) -> bytes:
    return b'{"items":[' + b",".join(copies) + b"]}"


def make(folder: Path, records: int, part: int = 0) -> Size:
    """Write the data files of one part, unless they are there.

    Args:
        folder: where to; made if it is not there. What it has is written down beside
            it, in ``*.stamp.json``.
        records: how many.
        part: which one: no DOI is in two parts.

    Raises:
        SystemExit: the folder has another sample.
    """
    stamp = folder.with_name(f"{folder.name}{STAMP}")
    wanted = {"records": records, "part": part, "seed": SEED}
    if stamp.is_file():
        there = json.loads(stamp.read_text(encoding="utf-8"))
        if {key: there[key] for key in wanted} != wanted:
            raise SystemExit(f"{folder} has another sample: {there}")
        return Size(**there["size"])
    folder.mkdir(parents=True, exist_ok=True)
    files = range(-(-records // FILE_RECORDS))
    with ProcessPoolExecutor(initializer=_ready) as pool:
        sizes = list(pool.map(partial(_write, folder, part, records), files))
    size = sum(sizes, Size(0, 0, 0))
    stamp.write_text(json.dumps({**wanted, "size": asdict(size)}), encoding="utf-8")
    return size


def _ready() -> None:
    templates()


def data_files(folder: Path) -> list[Path]:
    """The data files of a part, in order."""
    return sorted(folder.glob("*.gz"))


@dataclass(frozen=True, slots=True)
class Citable:
    """What references are made of.

    Attributes:
        texts: of the answers that a clean reference can be made of.
        pool: the works that a mistake may come from.
    """

    texts: frozenset[tuple[bytes, ...]]
    pool: Pool


@lru_cache(maxsize=1)
def citable() -> Citable:
    """Which answers can be cited."""
    made = templates()
    texts, recorded = set[tuple[bytes, ...]](), list[Recorded]()
    for template in (*made.crossref, *made.datacite):
        plain = {"d": b"00000000", "v": b"7", "p": b"11", "q": b"19"}
        plain |= {f"W{at}": b"Wolves" for at in range(_TITLE_WORDS)}
        pieces = [template.texts[0]]
        for slot, text in zip(template.slots, template.texts[1:], strict=True):
            pieces += (plain.get(slot, b"wolves"), text)
        work = read(template.registry, orjson.loads(b"".join(pieces)))
        if work is not None and can_be_cited(work):
            texts.add(template.texts)
            recorded.append(Recorded(work, template.registry))
    return Citable(frozenset(texts), Pool(recorded, [one.work for one in recorded]))


@dataclass(frozen=True, slots=True)
class Expected:
    """What has to be said of one reference.

    Attributes:
        key: its id.
        mistake: which one was made; ``absent`` where the DOI is nobody's.
        rules: one of these has to appear; none for an absent one.
    """

    key: str
    mistake: str
    rules: tuple[str, ...] = ()


def _reference(records: int, wanted: int, at: int) -> tuple[bytes, Expected | None]:
    """One reference: as a style has it, now and then with a mistake."""
    made, works = templates(), citable()
    index = at * records // wanted
    while True:
        registry, number = registry_of(index), number_of(0, index)
        template, _ = made.chosen(registry, number)
        if template.texts in works.texts:
            break
        index = (index + 1) % records
    work = read(registry, orjson.loads(made.copy(registry, number)))
    if work is None:
        raise SystemExit(f"record {index} of the sample cannot be read")
    random = Random(f"{SEED} {at}")  # noqa: S311 - a choice, no secret
    case = Case(cite(work), work)
    style = random.choice((None, *_STYLES))
    key = f"ref{at:08d}"
    expected: Expected | None = None
    changed = case
    if style:
        dialect = next(one for one in DIALECTS if one.name == style)
        changed = dialect.apply(case, random) or case
    if at % MISTAKES == MISTAKES // 2:
        changed, expected = _planted(key, changed, random, works.pool)
    reference = changed.reference
    if at % ABSENT == 0:
        nobodys = f"{PREFIXES['crossref']}/nobodys.{at}"
        reference = reference.model_copy(update={"doi": nobodys})
        expected = Expected(key, "absent")
    item = reference.model_copy(update={"id": key})
    return orjson.dumps(item.to_csl()), expected


def _planted(
    key: str, case: Case, random: Random, pool: Pool
) -> tuple[Case, Expected | None]:
    """The case with the first of the mistakes, in random order, that it can have."""
    names = random.sample(_PLANTED, len(_PLANTED))
    for name in names:
        mistake = next(one for one in CORRUPTIONS if one.name == name)
        planted = mistake.plant(case, random, pool)
        if isinstance(planted, Case):
            return planted, Expected(key, name, tuple(sorted(mistake.rules)))
    return case, None


def _some_references(
    records: int, wanted: int, start: int
) -> tuple[list[bytes], list[Expected]]:
    end = min(start + REFERENCES_AT_ONCE, wanted)
    made = [_reference(records, wanted, at) for at in range(start, end)]
    return [line for line, _ in made], [one for _, one in made if one]


def references(file: Path, records: int, wanted: int) -> Path:
    """Write references that cite part 0, spread evenly over it, unless they are there.

    Args:
        file: JSON Lines of CSL-JSON; what is expected of them goes beside it, into
            ``*.expected.jsonl``.
        records: how many records the part has.
        wanted: how many references.

    Returns:
        The file of what is expected.
    """
    expected = file.with_suffix(".expected.jsonl")
    if expected.is_file():
        return expected
    file.parent.mkdir(parents=True, exist_ok=True)
    starts = range(0, wanted, REFERENCES_AT_ONCE)
    told: list[Expected] = []
    with ProcessPoolExecutor(initializer=citable) as pool, file.open("wb") as lines:
        for some, what in pool.map(partial(_some_references, records, wanted), starts):
            lines.writelines(line + b"\n" for line in some)
            told += what
    expected.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in told))
    return expected


def read_expected(file: Path) -> Iterator[Expected]:
    """What :func:`references` wrote beside its references."""
    with file.open("rb") as lines:
        for line in lines:
            yield Expected(**orjson.loads(line))


def main() -> None:
    """Make a sample, or references."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where to")
    parser.add_argument("--records", type=int, required=True, help="of the sample")
    parser.add_argument("--part", type=int, default=0, help="no DOI is in two parts")
    parser.add_argument("--references", type=int, help="references, no data files")
    options = parser.parse_args()
    started = time.perf_counter()
    if options.references:
        file = options.folder / f"references-{options.references}.jsonl"
        references(file, options.records, options.references)
        print(f"{file}: {time.perf_counter() - started:.1f} s")
        return
    size = make(options.folder, options.records, options.part)
    print(
        f"{size.records:,} records, {size.json / size.records:,.0f} bytes of JSON and "
        f"{size.gz / size.records:,.0f} of gzip each: "
        f"{time.perf_counter() - started:.1f} s"
    )


if __name__ == "__main__":
    main()
