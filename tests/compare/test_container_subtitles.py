"""What a journal's subtitle says of it, and when it is another journal."""

from __future__ import annotations

import pytest

from lupusrefs.compare.container_kinship import Kinship, relate
from lupusrefs.compare.container_names import read_name


@pytest.mark.parametrize(
    ("cited", "registered", "kinship"),
    [
        # MEDLINE's full titles say whose journal it is.
        (
            "Leukemia : official journal of the Leukemia Society of America",
            "Leukemia",
            Kinship.SAME,
        ),
        ("Nature : official journal of a society", "Nature", Kinship.SAME),
        ("Nature: Physics", "Nature", Kinship.SISTER),
    ],
)
def test_subtitle(cited: str, registered: str, kinship: Kinship) -> None:
    """A description is left out freely; another word is another journal's name."""
    assert relate(read_name(cited), read_name(registered)).kinship is kinship
