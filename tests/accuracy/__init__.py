"""How right ``compare`` is about references whose mistakes are known."""
