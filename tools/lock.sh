#!/usr/bin/env bash
# Resolve all dependencies anew, for every Python from 3.11 on and every platform, with hashes and no registry address.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"; }
compile pyproject.toml --group build -o locks/runtime.txt
compile pyproject.toml --group build --group test --group lint -c locks/runtime.txt -o locks/dev.txt
compile pyproject.toml --all-extras --group build --group test --group lint --group ci -c locks/dev.txt -o locks/ci.txt
