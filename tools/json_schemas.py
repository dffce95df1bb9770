"""Write docs/json/*.schema.json: the shapes of every `--json` output, made from the nouns themselves.

python tools/json_schemas.py [--check]      --check fails where a file is not what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from reportedly.model import Claim, Dispute, Place, Reading, Redeclaration, Report, Statement, Status, Unresolved
from reportedly.reconcile import Check
from reportedly.reconcile.copies import Copy
from reportedly.reconcile.voices import Relay

FOLDER = Path(__file__).parent.parent / "docs/json"
NOUNS = (Report, Reading, Claim, Statement, Unresolved, Status, Dispute, Redeclaration, Place, Check, Relay, Copy)
WITH_ID = {"Claim", "Report"}


def listed(name: str) -> dict[str, Any]:
    """A list of a noun."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def one(name: str) -> dict[str, Any]:
    """A noun."""
    return {"$ref": f"#/$defs/{name}"}


COUNT = {"type": "integer", "minimum": 0}
WORDS = {"type": "string"}
OUTPUTS: dict[str, dict[str, Any]] = {
    "status": {
        "place": one("Place"),
        "status": one("Status"),
        "disputes": listed("Dispute"),
        "claims": listed("Claim"),
        "coverage": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "source": WORDS,
                    "days": COUNT,
                    "reports": COUNT,
                    "last": {"type": "string", "format": "date"},
                },
                "required": ["source", "days", "reports", "last"],
            },
        },
    },
    "why": {
        "place": one("Place"),
        "status": one("Status"),
        "evidence": {
            "type": "object",
            "properties": {"for": listed("Claim"), "against": listed("Claim")},
            "required": ["for", "against"],
        },
        "voices": {"type": "object", "additionalProperties": WORDS},
        "arithmetic": listed("Check"),
    },
    "timeline": {
        "place": one("Place"),
        "claims": listed("Claim"),
        "changes": listed("Status"),
        "redeclarations": listed("Redeclaration"),
    },
    "disputes": {"disputes": listed("Dispute"), "redeclarations": listed("Redeclaration"), "claims": listed("Claim")},
    "claims": {"total": COUNT, "claims": listed("Claim")},
    "sources": {
        "sources": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"source": WORDS, "side": {"type": ["string", "null"]}, "claims": COUNT},
                "required": ["source", "claims"],
            },
        },
        "voices": COUNT,
        "relays": listed("Relay"),
        "copies": listed("Copy"),
    },
}
"""The object that each command prints with --json. `read --json` prints one object a line: read.schema.json."""


def definitions() -> dict[str, Any]:
    """JSON Schema of every noun, under its name."""
    found: dict[str, Any] = {}
    for noun in NOUNS:
        schema = TypeAdapter(noun).json_schema(mode="serialization", ref_template="#/$defs/{model}")
        found |= schema.pop("$defs", {})
        if noun.__name__ in WITH_ID:
            schema["properties"] = {"id": WORDS} | schema["properties"]
        found[noun.__name__] = schema
    return found


def schemas() -> dict[str, dict[str, Any]]:
    """Name of the output to its schema."""
    defs = definitions()
    out = {}
    for name, properties in OUTPUTS.items():
        out[name] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"reportedly {name} --json",
            "type": "object",
            "properties": properties,
            "required": sorted(properties),
            "$defs": defs,
        }
    aside = {"type": "object", "properties": {"origin": WORDS, "reason": WORDS}, "required": ["origin", "reason"]}
    out["read"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "one line of reportedly read --json",
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "report": one("Report"),
                    "known": {"type": "boolean"},
                    "reading": {"anyOf": [one("Reading"), {"type": "null"}]},
                },
                "required": ["report", "known", "reading"],
            },
            {"type": "object", "properties": {"set_aside": aside}, "required": ["set_aside"]},
        ],
        "$defs": defs,
    }
    return out


def main() -> int:
    """Write the files, or say which differ."""
    stale = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        file = FOLDER / f"{name}.schema.json"
        text = json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        if "--check" in sys.argv[1:]:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                stale.append(file.name)
        else:
            file.write_text(text, encoding="utf-8")
    if stale:
        print(f"docs/json is behind the code: {', '.join(stale)}. Run python tools/json_schemas.py.")
    return len(stale)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
