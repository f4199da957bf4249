"""Write every report of the samples to standard output, for a test to compare."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lupusrefs.reports.check_data import csv_lines, jsonl_lines, to_json
from lupusrefs.reports.check_wire import check_report
from lupusrefs.reports.findings_console import check_text
from lupusrefs.reports.github import to_github
from lupusrefs.reports.html import to_html
from lupusrefs.reports.junit import to_junit
from lupusrefs.reports.markdown import to_markdown
from lupusrefs.reports.sarif import to_sarif
from reports.samples import general, library

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
sys.stdout.writelines(
    (
        check_text(library(), general(), to_file=True, verbose=True),
        to_json(check_report(library(), general())),
        *jsonl_lines(library(), general()),
        *csv_lines(library(), general()),
        to_sarif(library(), general()),
        to_junit(library(), general()),
        to_github(library(), general()),
        to_markdown(library(), general()),
        to_html(library(), general()),
    )
)
