"""A reference as somebody typed it -> the item that it means."""
