"""One module per registry: a question -> its answer as our own values."""
