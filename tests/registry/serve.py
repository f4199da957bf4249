"""Runs the loopback registry as a process, for measurements and other languages.

``python tests/registry/serve.py --port 0 --latency 0.15`` prints one line of JSON,
``{"endpoints": {...}}``, when it is ready. GET ``/__log`` counts the requests, POST
``/__reset`` forgets them. It ends on SIGINT or SIGTERM.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.faults import FAULTS
from registry.records import Records
from registry.server import Registry


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--corpus", type=Path, help="the shared corpus folder")
    parser.add_argument("--synthetic", type=int, default=0, metavar="N")
    parser.add_argument("--no-limits", action="store_true")
    parser.add_argument("--fault", choices=sorted(FAULTS))
    parser.add_argument("--gzip", action="store_true", help="compress the answers")
    parser.add_argument("--max-url-bytes", type=int, default=8192)
    return parser.parse_args()


def main() -> None:
    """Serve until a signal comes."""
    options = _options()
    # Blocked before the thread starts, so that only sigwait below sees them.
    ending = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    records = Records(options.corpus, synthetic=options.synthetic)
    records.warm()
    with Registry(
        records,
        latency_s=options.latency,
        limits=not options.no_limits,
        max_url_bytes=options.max_url_bytes,
        compress=options.gzip,
        port=options.port,
    ) as registry:
        registry.fault = FAULTS[options.fault] if options.fault else None
        print(json.dumps({"endpoints": registry.endpoints}), flush=True)  # noqa: T201
        signal.sigwait(ending)


if __name__ == "__main__":
    main()
