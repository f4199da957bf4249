"""``lupusrefs mirror``: a local mirror of the registries."""

from __future__ import annotations

from lupusrefs.commands import options
from lupusrefs.commands.mirroring.build import build
from lupusrefs.commands.mirroring.info import info
from lupusrefs.commands.mirroring.update import update
from lupusrefs.commands.mirroring.verify import verify

app = options.new_app(help="Build and look after a local mirror of the registries.")
app.command()(build)
app.command()(info)
app.command()(verify)
app.command()(update)
