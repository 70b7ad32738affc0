#!/bin/sh
# Makes .venv hold what requirements.lock says and nothing else, and Ventanilla itself from this folder.
set -eu
cd "$(dirname "$0")/.."

# An environment that is active in the terminal is not ours to change.
unset VIRTUAL_ENV CONDA_PREFIX
uv() { .venv/bin/uv --quiet "$@"; }

printf '· Instalo los paquetes de Python de requirements.lock (la primera vez, un minuto o dos)\n'
uv pip sync --python .venv/bin/python --require-hashes --compile-bytecode requirements.lock
uv pip install --python .venv/bin/python --no-deps --no-build-isolation --editable .
