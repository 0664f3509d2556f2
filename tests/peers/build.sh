#!/usr/bin/env bash
# Builds the peers into artifacts/peers (or the directory given as first argument); quick when up to date.
# Exit codes: 0 built as far as their libraries are installed, 1 the compiler failed, 3 no compiler or CMake.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$(cd "$here/../.." && pwd)/artifacts/peers}

for tool in cmake make cc c++; do
  command -v "$tool" >/dev/null || { echo "error: $tool is missing: apt-get install cmake make g++" >&2; exit 3; }
done
mkdir -p "$out"
exec 9>"$out/.lock"
flock 9
if [ -e "$out/.stamp" ] && [ -z "$(find "$here" -newer "$out/.stamp" -type f -print -quit)" ]; then
  exit 0
fi
if ! { cmake -S "$here" -B "$out" && cmake --build "$out" --parallel 2; } >"$out/build.log" 2>&1; then
  grep -m3 -E "error|CMake Error" "$out/build.log" >&2 || true
  echo "error: building the peers failed, see $out/build.log" >&2
  exit 1
fi
touch "$out/.stamp"
