"""The CSL styles and locales that are installed: found by id, title or words."""
