"""What makes a finding the same one from run to run: for baselines and for SARIF.

Two findings are the same if one rule says of one field of one key that one value is
cited and another one registered. Lines, messages and severities may change meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from lupusrefs.findings import Finding

# A new way to make them gets a new number: old baselines then say so, not nothing.
VERSION: Final = "lupusrefs/1"
_DIGITS: Final = 16


def fingerprint(finding: Finding) -> str:
    """16 hexadecimal digits that stay the same while the finding does.

    References with one key share it: who counts findings counts how often each occurs.
    """
    evidence = finding.evidence
    cited, registered = (evidence.cited, evidence.registered) if evidence else ("", "")
    parts = (
        VERSION,
        finding.rule.id,
        finding.key,
        finding.field or "",
        cited or _form(finding.cited),
        registered or _form(finding.registered),
    )
    # As JSON, so that no text can run over into its neighbour.
    text = json.dumps(parts, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]


def _form(value: str | None) -> str:
    """A value without what an editor changes in passing: blanks and capitals."""
    return " ".join((value or "").split()).casefold()
