"""The gazetteer that measurements use: the packaged base with the shared rows of Ukraine, made by the users' own importer."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

import reportedly.knowledge as knowledge
from reportedly.knowledge.build import add_country, import_table

CODE = Path(knowledge.__file__).parent
OCHA = {"katottg": "katottg", "name": "name_en", "names": "name_uk", "lat": "lat", "lon": "lon"}


def fingerprint(shared: Path) -> str:
    """Hash over the source files and the code that builds, so that either's change builds anew."""
    digest = hashlib.sha256()
    for path in (shared / "gazetteer/UA.txt.gz", shared / "gazetteer/ukraine-settlements-katottg.csv"):
        digest.update(path.read_bytes())
    for name in ("names", "rows", "katottg", "assemble", "shown", "store", "scan", "build"):
        digest.update((CODE / f"{name}.py").read_bytes())
    for data in ("regions.tsv.gz", "polygons.json.gz", "provenance.json", "stop_names.txt", "english.tsv"):
        digest.update((CODE / "data/regions" / data).read_bytes())
    return digest.hexdigest()[:16]


def shared_gazetteer(shared: Path, work: Path) -> Path:
    """Path of var/gazetteer-ua.sqlite (beside `work`), built if the sources or the builder changed; takes half a minute."""
    path = (
        Path("var/gazetteer-ua.sqlite")
        if work.resolve().is_relative_to(Path("var").resolve())
        else work / "gazetteer-ua.sqlite"
    )
    stamp = path.with_suffix(".stamp")
    wanted = fingerprint(shared)
    if path.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:  # one builds, the others wait for it
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (path.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted):
            _build(shared, path)
            stamp.write_text(wanted, encoding="ascii")
    return path


def _build(shared: Path, path: Path) -> None:
    """Build the file, whole or not at all."""
    print(f"building {path} ...", flush=True)
    fresh = path.with_suffix(".building")
    fresh.unlink(missing_ok=True)
    add_country(fresh, "UA", shared / "gazetteer/UA.txt.gz", as_of="2026-07")
    import_table(
        fresh, shared / "gazetteer/ukraine-settlements-katottg.csv", OCHA, name="ocha-cod-ab", licence="OCHA COD-AB, CC BY-IGO",
        url="https://data.humdata.org/dataset/cod-ab-ukr", country="UA",
    )  # fmt: skip
    fresh.replace(path)


if __name__ == "__main__":
    print(shared_gazetteer(Path("../shared"), Path("var/eval")))
