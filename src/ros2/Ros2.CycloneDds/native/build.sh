#!/usr/bin/env bash
# Builds libaios_cyclonedds.so into artifacts/native/cyclonedds (or into the directory given as first argument).
# Quick when up to date. Exit codes: 0 built, 1 the compiler failed, 3 a prerequisite is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$(cd "$here/../../../.." && pwd)/artifacts/native/cyclonedds}
lib="$out/libaios_cyclonedds.so"

missing() { echo "error: $1 is missing: apt-get install $2" >&2; exit 3; }

if [ -e "$lib" ]; then
  newest=$(find "$here" -newer "$lib" -type f -print -quit)
  headers=$(find /usr/include/dds/version.h /usr/local/include/dds/version.h -newer "$lib" -print -quit 2>/dev/null || true)
  [ -n "$newest$headers" ] || exit 0
fi

command -v cmake >/dev/null || missing cmake "cmake"
command -v cc >/dev/null || missing "a C compiler" "gcc libc6-dev"
command -v make >/dev/null || command -v ninja >/dev/null || missing make "make"

mkdir -p "$out"
exec 9>"$out/.lock"
flock 9 # two builds at once would disturb each other
log="$out/build.log"
if ! cmake -S "$here" -B "$out" >"$log" 2>&1; then
  grep -q "CycloneDDS" "$log" && ! grep -q "0.10.x is needed" "$log" && missing "Cyclone DDS 0.10 (headers)" "cyclonedds-dev"
  grep -m1 -A2 "CMake Error" "$log" >&2 || tail -n 5 "$log" >&2
  echo "error: configuring the Cyclone DDS part failed, see $log" >&2
  exit 1
fi
if ! cmake --build "$out" >>"$log" 2>&1; then
  grep -m3 -E "error" "$log" >&2 || true
  echo "error: compiling the Cyclone DDS part failed, see $log" >&2
  exit 1
fi
cp "$out/linked/libaios_cyclonedds.so" "$lib.new"
mv -f "$lib.new" "$lib" # whole from the start: whoever finds it loads it
