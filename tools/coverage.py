"""Print branch coverage by room, against the floors of the house style, section 7.

Run by `make coverage`. The figure shows where nobody looked; a test that is written
for the figure shows nothing.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

HIGH = ("base", "chrono", "model", "rules", "lang", "law", "engine", "journal")
HIGH_FLOOR = 95
FLOOR = 85


def by_room(report: Path) -> dict[str, tuple[int, int]]:
    """Add up what is covered and what there is, lines and branches, for each room."""
    rooms: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, file in json.loads(report.read_text("utf-8"))["files"].items():
        parts = Path(name).parts
        inside = parts[parts.index("vigens") + 1 :]
        room = inside[0] if len(inside) > 1 else "(root)"
        facts = file["summary"]
        covered = facts["covered_lines"] + facts["covered_branches"]
        whole = facts["num_statements"] + facts["num_branches"]
        rooms[room] = (rooms[room][0] + covered, rooms[room][1] + whole)
    return rooms


def main() -> int:
    """Print the table; status 1 where a room is below its floor."""
    low = False
    for room, (covered, whole) in sorted(by_room(Path(sys.argv[1])).items()):
        percent = 100 * covered / whole if whole else 100.0
        floor = HIGH_FLOOR if room in HIGH else FLOOR
        below = percent < floor and room != "(root)"
        low = low or below
        mark = "  below its floor" if below else ""
        print(f"{room:<10} {percent:5.1f} %   floor {floor} %{mark}")
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
