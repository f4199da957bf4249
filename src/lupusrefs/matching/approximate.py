"""A text within another one, but for a few letters."""

from __future__ import annotations


def nearest(pattern: str, text: str) -> tuple[int, int]:
    """The least edit distance of a pattern to any part of a text, and where that ends.

    In time linear in the text, as long as the pattern fits into a number of a few
    hundred bits: Myers, "A fast bit-vector algorithm for approximate string matching",
    J. ACM 46 (1999).

    >>> nearest("wolves", "of volves and men")
    (1, 9)
    """
    if not pattern:
        return 0, 0
    places: dict[str, int] = {}
    for at, letter in enumerate(pattern):
        places[letter] = places.get(letter, 0) | 1 << at
    size = len(pattern)
    every, last = (1 << size) - 1, 1 << (size - 1)
    plus, minus, distance = every, 0, size
    best, end = size, 0
    for at, letter in enumerate(text, start=1):
        same = places.get(letter, 0)
        across = (((same & plus) + plus) ^ plus) | same | minus
        more = minus | ~(across | plus) & every
        less = plus & across
        if more & last:
            distance += 1
        elif less & last:
            distance -= 1
        more, less = more << 1 & every, less << 1 & every
        above = same | minus
        plus = (less | ~(above | more)) & every
        minus = more & above
        if distance < best:
            best, end = distance, at
    return best, end
