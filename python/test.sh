#!/bin/sh
# Builds the Python binding as a wheel, installs it into the environment that `.ci/setup --python` makes, and tests it.
#
#   python/test.sh                          shares what the program's own build has compiled
#   python/test.sh --no-default-features    without RocksDB: graphs in folders are N-Quads
#   SPARK=1 python/test.sh                  the Apache Spark job, too
#
# Without that environment it says so and passes: the program itself needs no Python.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
python=$target/engines/bin/python3
skip() { echo "python: not tested, $1"; exit 0; }
"$python" -c 'import maturin, networkx, pandas, pytest' 2>/dev/null || skip "its packages are missing (.ci/setup --python installs them)"

wheels=$target/wheels
rm -rf "$wheels"
"$python" -m maturin build --quiet --release --locked "$@" --manifest-path python/Cargo.toml --interpreter "$python" --out "$wheels"
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$wheels"/entente-*.whl
if [ -n "${SPARK:-}" ]; then
    command -v java >/dev/null 2>&1 || [ -n "${JAVA_HOME:-}" ] || skip "Java is missing, which Apache Spark needs"
    "$python" -m pip install --quiet --disable-pip-version-check -r python/tests/spark-requirements.txt
fi
"$python" -m mypy.stubtest --concise --ignore-disjoint-bases --ignore-unused-allowlist --mypy-config-file python/pyproject.toml --allowlist python/tests/stubs.txt entente
[ -x "$target/release/entente" ] && export ENTENTE="$(cd "$target/release" && pwd)/entente"
exec "$python" -m pytest -q -p no:cacheprovider python/tests
