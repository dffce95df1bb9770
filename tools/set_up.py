"""Set up .venv from a lock file, showing progress. Run by the Makefile with the machine's own Python (3.11 or newer).

python3 tools/set_up.py LOCK
"""

import subprocess
import sys
import time
import venv
from pathlib import Path

VENV = Path(".venv")


def pip(*arguments: str, total: int = 0) -> None:
    """Run pip in .venv; print a line every few seconds that says how far it is; pip's own words only where it fails."""
    command = [str(VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python"), "-m", "pip", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    collected, shown, said = 0, time.monotonic(), []
    for line in process.stdout or ():
        said.append(line)
        collected += line.startswith("Collecting ")
        if line.startswith("Installing collected"):
            print("    unpacking ...", flush=True)
        elif total and line.startswith("Collecting ") and time.monotonic() - shown > 5:
            shown = time.monotonic()
            print(f"    {collected} of about {total} ({line.split()[1].split('==')[0]})", flush=True)
    if process.wait():
        sys.exit(f"set_up: pip failed. Its last words:\n{''.join(said[-15:])}")


def main() -> None:
    """Make .venv where it is missing, install the locked packages and reportedly itself."""
    lock = Path(sys.argv[1])
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones are just who this sentence is for
        sys.exit(
            f"reportedly needs Python 3.11 or newer, this is {sys.version.split()[0]}. Say PYTHON=... for another."
        )
    print(f"Setting up {VENV} from {lock}: two to four minutes the first time.", flush=True)
    if not (VENV / "bin" / "python").exists():
        venv.create(VENV, with_pip=True)
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum())
    print("  packages, each checked against its hash ...", flush=True)
    pip("install", "--disable-pip-version-check", "--require-hashes", "-r", str(lock), total=total)
    print("  reportedly itself ...", flush=True)
    pip("install", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "-e", ".")


if __name__ == "__main__":
    main()
