#!/bin/sh
# The explorer's checks: types, that dist/ is what the sources give, and its tests in Chromium against a real server.
#
#   make lint-explorer                                  builds the program, then runs this
#   ENTENTE=path/to/release/entente web/test.sh         with a program that is built
#
# Without Node, npm or Chromium it says what is missing and passes: the program itself needs none of them.
set -eu

# Looked for before leaving the caller's folder, where a relative path begins.
if [ -n "${ENTENTE:-}" ]; then
    program=$(command -v "$ENTENTE") || program=
    case $program in
        "" | /*) ;;
        *) program=$PWD/$program ;;
    esac
    if [ ! -f "$program" ] || [ ! -x "$program" ]; then
        echo "explorer: ENTENTE is $ENTENTE, which is no program that can be run" >&2
        exit 2
    fi
    export ENTENTE="$program"
fi
cd "$(dirname "$0")"
skip() { echo "explorer: not tested, $1"; exit 0; }

command -v node >/dev/null 2>&1 || skip "Node is missing"
command -v npm >/dev/null 2>&1 || skip "npm is missing"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 18')" = true ] || skip "Node $(node --version) is older than 18"

# Installed anew only where the lock file has changed since.
stamp=node_modules/.installed
if ! cmp -s package-lock.json "$stamp"; then
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || skip "its packages could not be installed"
    cp package-lock.json "$stamp"
fi
npx tsc --noEmit
node build.mjs --check

[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    skip "Chromium is missing (the sources were checked)"
if [ -z "${ENTENTE:-}" ] && [ -z "${EXPLORER_URL:-}" ]; then
    echo "explorer: ENTENTE must name the program to test" >&2
    exit 2
fi
[ -n "${EXPLORER_URL:-}" ] || "$ENTENTE" serve --help >/dev/null 2>&1 || skip "$ENTENTE cannot serve (the sources were checked)"
exec npx playwright test "$@"
