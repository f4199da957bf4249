"""Text <-> references, with positions. Pure: no file is opened here."""
