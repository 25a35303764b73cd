#!/usr/bin/env bash
# Fetches the browser parts named in package-lock.json, once per change of that file.
set -eu
stamp=node_modules/.installed
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then exit 0; fi
command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer with npm (Debian: apt-get install nodejs npm)." >&2; exit 1; }
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
cp package-lock.json "$stamp"
