"""Works and their notices in one list: what one record says of another.

Old records do not name their notices (comparison.md, U8); where the notice is in the
same list, it does that for them (U1).
"""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.compare.notices import is_notice
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Update, Work


def linked(works: Sequence[Work | None]) -> list[Work | None]:
    """The works, each with the notices among them that name it.

    Only what a title proves to be a notice is believed: a retracted article may name
    others as if it retracted them (U2).
    """
    notices = [one for one in works if one and one.updates and is_notice(one)]
    by_target: dict[str, list[Update]] = {}
    for notice in notices:
        for update in notice.updates:
            target = fold(update.doi)
            if target != fold(notice.id):
                entry = update.model_copy(update={"doi": notice.id})
                by_target.setdefault(target, []).append(entry)
    if not by_target:
        return list(works)
    return [
        _with(one, by_target.get(fold(one.id), ())) if one else None for one in works
    ]


def _with(work: Work, updates: Sequence[Update]) -> Work:
    named = {fold(one.doi) for one in work.updated_by}
    new = [one for one in updates if fold(one.doi) not in named]
    if not new:
        return work
    return work.model_copy(update={"updated_by": (*work.updated_by, *new)})
