#!/bin/sh
# Makes .venv with uv in it. Needs Python >= 3.11 with its venv module, or with pip.
set -eu
cd "$(dirname "$0")/.."

say() { printf '· %s\n' "$1"; }
fail() { printf '✗ %s\n' "$1" >&2; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

python=$(find_python) || fail "Hace falta Python 3.11 o posterior (Debian, Ubuntu: apt install python3 python3-venv).
  Si ya está en otra ruta: make PYTHON=/ruta/a/python3 ..."

# The lock pins uv too: its own lines are all that pip needs to fetch exactly that file.
pinned_uv=$(mktemp)
trap 'rm -f "$pinned_uv"' EXIT
sed -n '/^uv==/,/# via/p' requirements.lock | sed '/# via/d' > "$pinned_uv"

say "Creo el entorno .venv con $("$python" --version) e instalo uv"
if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    "$python" -m venv .venv
    set -- .venv/bin/python -m pip
elif "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --without-pip .venv
    set -- "$python" -m pip --python .venv/bin/python
else
    fail "A $("$python" --version) le falta el módulo venv (Debian, Ubuntu: apt install python3-venv)."
fi
"$@" install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$pinned_uv" ||
    fail "No se pudo instalar uv. Revise la conexión con el índice de paquetes de Python y repita la orden."
