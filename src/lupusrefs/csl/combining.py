"""How elements go together: in sequence, by condition, in groups.

Source: CSL 1.0.2 specification, "Group", "Choose", "Delimiter".
"""

from __future__ import annotations

from collections.abc import Sequence

from lupusrefs.csl.formatting import Frame
from lupusrefs.csl.rendering import Condition, Renderer, Rendering
from lupusrefs.csl.stream import Token


def in_sequence(renderers: Sequence[Renderer], delimiter: str = "") -> Renderer:
    """Elements one after another, the delimiter between those that give something."""
    if len(renderers) == 1:
        return renderers[0]
    if not delimiter:

        def in_order(rendering: Rendering) -> None:
            for render in renderers:
                render(rendering)

        return in_order

    def delimited(rendering: Rendering) -> None:
        out = rendering.out
        is_first = True
        for render in renderers:
            mark = len(out)
            if not is_first:
                out.append(delimiter)
            inner = len(out)
            render(rendering)
            if len(out) == inner:
                del out[mark:]
            else:
                is_first = False

    return delimited


def choice(
    branches: Sequence[tuple[Condition, Renderer]], otherwise: Renderer | None
) -> Renderer:
    """The first branch whose condition holds."""
    if len(branches) == 1:
        ((condition, render),) = branches

        def either(rendering: Rendering) -> None:
            if condition(rendering):
                render(rendering)
            elif otherwise is not None:
                otherwise(rendering)

        return either

    def first_that_holds(rendering: Rendering) -> None:
        for condition, render in branches:
            if condition(rendering):
                render(rendering)
                return
        if otherwise is not None:
            otherwise(rendering)

    return first_that_holds


def grouped(inner: Renderer, frame: Frame) -> Renderer:
    """A group: it says nothing if all the variables that it looks at are empty."""

    def render(rendering: Rendering) -> None:
        called, rendered = rendering.called, rendering.rendered
        rendering.called = rendering.rendered = False
        out: list[Token] = rendering.out
        start = len(out)
        inner(rendering)
        if len(out) == start or (rendering.called and not rendering.rendered):
            del out[start:]
            rendering.called = rendering.called or called
            rendering.rendered = rendered
            return
        frame.close(out, start, rendering.item.language)
        # A group that gives something is a variable to the group around it.
        rendering.called = rendering.rendered = True

    return render


def unless_empty(inner: Renderer) -> Renderer:
    """A macro says nothing if all the variables that it looks at are empty."""

    def render(rendering: Rendering) -> None:
        called, rendered = rendering.called, rendering.rendered
        rendering.called = rendering.rendered = False
        start = len(rendering.out)
        inner(rendering)
        out = rendering.out
        if len(out) > start and rendering.called and not rendering.rendered:
            del out[start:]
        if len(out) > start:
            rendering.called = rendering.rendered = True
        else:
            rendering.called = rendering.called or called
            rendering.rendered = rendered

    return render
