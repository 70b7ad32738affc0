#!/bin/sh
# Builds the browser's scripts and styles: api/web -> api/static/bundle.
set -eu
cd "$(dirname "$0")/.."

installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
    printf '· Instalo los paquetes de JavaScript de package-lock.json con Node %s\n' "$(tools/node.sh node --version)"
    tools/node.sh npm ci --ignore-scripts --no-progress --loglevel=error
    touch "$installed"
fi
printf '· Construyo lo que usa el navegador en api/static/bundle\n'
tools/node.sh node api/web/build.mjs
