"""What HTML, JATS and TEI have in common: elements -> text, links, items."""
