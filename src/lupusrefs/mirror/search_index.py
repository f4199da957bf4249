"""The full-text index of a mirror, made of its buckets.

.. code-block:: text

    DIR/search/<begin of SearchIndex.of>/   the index, as tantivy keeps it
    DIR/search/new/                         one that is being made

``mirror.json`` names the index that counts: one that is half made is never seen, and
the old one serves until the new one is whole. Each document is a DOI and the words of
its record; ranking is Okapi BM25 over all of them as one field, for neither the query
nor the citer says which word is whose.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from lupusrefs.errors import InputError, MirrorError
from lupusrefs.extras import extra
from lupusrefs.files import write_atomically
from lupusrefs.mirror.layout import (
    DESCRIPTION,
    SEARCH,
    BucketFile,
    Description,
    SearchIndex,
)
from lupusrefs.mirror.lookup import Mirror, Row, read_work
from lupusrefs.mirror.search_words import search_words
from lupusrefs.mirror.workers import Workers
from lupusrefs.workers import ATTEMPTS, WorkerDied

if TYPE_CHECKING:
    import pyarrow as pa
    import tantivy

# The fields of a document.
DOI: Final = "doi"
WORDS: Final = "words"
_NEW: Final = "new"
# What the index keeps in memory before it writes a part of itself, in bytes.
_HEAP: Final = 128_000_000
_COLUMNS: Final = ["doi", "registry", "is_alias", "record"]
_ROWS: Final = 1024  # of a bucket, read at once
# Below, starting processes takes longer than they save.
_WORTH_PROCESSES: Final = 50_000

Progress: TypeAlias = Callable[[int], None]
# A DOI and its words with spaces between.
_Document: TypeAlias = tuple[str, str]


def digest_of(buckets: Sequence[BucketFile]) -> str:
    """What an index of these buckets is ``of``."""
    named = "".join(f"{one.name} {one.sha256}\n" for one in buckets)
    return hashlib.sha256(named.encode()).hexdigest()


def is_current(description: Description) -> bool:
    """Whether the mirror's index is of the buckets that it has now."""
    search = description.search
    return search is not None and search.of == digest_of(description.buckets)


def name_of(index: SearchIndex) -> str:
    """The path of an index in its mirror."""
    return f"{SEARCH}/{index.of[:16]}"


def build_index(
    folder: Path, *, jobs: int | None = None, progress: Progress = lambda _: None
) -> SearchIndex:
    """Make the full-text index of a mirror, or keep the one that is of its buckets.

    Whoever calls holds the mirror's lock.

    Args:
        folder: the mirror.
        jobs: how many processes read records; as many as there are processors if
            nothing is said, and none of their own for a small mirror.
        progress: called with the number of records read since the last call.

    Raises:
        MirrorError: there is no mirror, a bucket cannot be read, or the index cannot be
            written; an index that was there is there still.
        MissingPackage: a package that is needed is not installed.
    """
    with extra("mirror", "a search index"):
        import tantivy  # noqa: F401, PLC0415 - an extra
    description = Mirror.open(str(folder)).description
    old = description.search
    if old is not None and is_current(description) and _can_be_opened(folder, old):
        return old
    new = folder / SEARCH / _NEW
    with _errors(folder), _made_anew(new):
        documents = _write(new, folder, description, jobs, progress)
        made = SearchIndex(documents=documents, of=digest_of(description.buckets))
        place = folder / name_of(made)
        # Of these buckets, and yet not current: it is damaged.
        _remove(place)
        new.replace(place)
    described = description.model_copy(update={"search": made})
    write_atomically(folder / DESCRIPTION, described.model_dump_json(indent=2) + "\n")
    for other in place.parent.iterdir():
        if other != place:
            _remove(other)
    return made


def schema() -> tantivy.Schema:
    """The fields of a document: its DOI, which is kept, and its words."""
    import tantivy  # noqa: PLC0415 - an extra

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(DOI, stored=True, tokenizer_name="raw", index_option="basic")
    # Each word counts once; but only with frequencies can whole blocks of documents
    # that cannot be among the best be skipped.
    builder.add_text_field(WORDS, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _write(
    new: Path,
    folder: Path,
    description: Description,
    jobs: int | None,
    progress: Progress,
) -> int:
    """Write the index of all buckets; the number of its documents."""
    import tantivy  # noqa: PLC0415 - an extra

    writer = tantivy.Index(schema(), str(new)).writer(_HEAP, 1)
    documents = 0
    for read in _read_all(folder, description, jobs):
        for doi, words in read.documents:
            writer.add_document(tantivy.Document(**{DOI: doi, WORDS: words}))
        documents += len(read.documents)
        progress(read.rows)
    writer.commit()
    writer.wait_merging_threads()
    _make_alike(new)
    return documents


def _make_alike(folder: Path) -> None:
    """Let everybody read all of an index who may read one of its files.

    Some of them tantivy makes as temporary ones, which nobody else may read.
    """
    modes = {file: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    for file in modes:
        file.chmod(max(modes.values()))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a bucket.

    Attributes:
        rows: how many records it has.
        documents: of those that can be read, and are no alias of another.
    """

    rows: int
    documents: list[_Document]


def _read_all(
    folder: Path, description: Description, jobs: int | None
) -> Iterator[_Read]:
    """What every bucket has to be searched, a few of them at a time.

    Whichever comes first: the order of documents shows in nothing that is found.
    """
    files = [folder / one.name for one in description.buckets]
    processes = jobs or os.cpu_count() or 1
    if jobs is None and description.records < _WORTH_PROCESSES:
        processes = 1
    with Workers(processes) as workers:
        try:
            for _, read in workers.done(_read, files):
                yield read
        except WorkerDied as died:
            raise MirrorError(
                f"the process that read {died.job} for the search index died "
                f"{ATTEMPTS} times",
                hint="it may have been out of memory: give fewer --jobs",
            ) from None


def _read(file: Path) -> _Read:
    """What a bucket has to be searched.

    Raises:
        MirrorError: it cannot be read.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    documents: list[_Document] = []
    rows = 0
    try:
        with pq.ParquetFile(file, page_checksum_verification=True) as reader:
            for batch in reader.iter_batches(_ROWS, columns=_COLUMNS):
                rows += batch.num_rows
                documents += _documents(batch)
    # What Arrow raises is one of the two.
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise MirrorError(
            f"{file} cannot be read: {reason}",
            hint=f"`lupusrefs mirror verify {file.parents[1]}` says what is damaged",
        ) from None
    return _Read(rows, documents)


def _documents(batch: pa.RecordBatch) -> Iterator[_Document]:
    from lupusrefs.mirror.search_texts import (  # noqa: PLC0415 - of an extra
        texts_of_record,
        texts_of_work,
    )

    columns = batch.to_pydict()
    rows = zip(*(columns[name] for name in _COLUMNS), strict=True)
    for doi, registry, is_alias, record in rows:
        if is_alias:
            continue
        texts = texts_of_record(registry, record)
        if texts is None:
            work = read_work(Row(registry, None, None, is_alias=False, record=record))
            texts = texts_of_work(work) if work is not None else []
        if words := " ".join(search_words(texts)):
            yield doi, words


def open_index(folder: Path) -> tantivy.Searcher:
    """Open an index for reading, also where nothing may be written.

    Raises:
        OSError: it is not there.
        ValueError: it cannot be read.
    """
    import tantivy  # noqa: PLC0415 - an extra

    try:
        return tantivy.Index.open(str(folder)).searcher()
    # What tantivy raises whatever happens: it locks what it reads, and may not here.
    except ValueError:
        with tempfile.TemporaryDirectory() as links:
            for file in folder.iterdir():
                if not file.name.endswith(".lock"):
                    (Path(links) / file.name).symlink_to(file.resolve())
            # The files are open from here on; their names are needed no more.
            return tantivy.Index.open(links).searcher()


def _can_be_opened(folder: Path, index: SearchIndex) -> bool:
    try:
        return open_index(folder / name_of(index)).num_docs == index.documents
    except (OSError, ValueError):
        return False


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    """What goes wrong inside, as a MirrorError."""
    try:
        yield
    except MirrorError:
        raise
    # tantivy raises a ValueError for whatever happens, a full disk included.
    except (OSError, ValueError, InputError) as error:
        reason = " ".join(str(error).split())
        raise MirrorError(
            f"the search index of {folder} cannot be made: {reason}",
            hint="make room if the disk is full; what was there before is there still",
        ) from None


@contextmanager
def _made_anew(new: Path) -> Iterator[None]:
    """A folder that is empty at first, and gone afterwards unless it was renamed."""
    _remove(new)
    new.mkdir(parents=True)
    try:
        yield
    finally:
        with suppress(OSError):
            _remove(new)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
