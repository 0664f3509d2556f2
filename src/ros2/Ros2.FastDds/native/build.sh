#!/usr/bin/env bash
# Builds libaios_fastdds.so into artifacts/native/fastdds (or into the directory given as first argument).
# Quick when up to date. Exit codes: 0 built, 1 the compiler failed, 3 a prerequisite is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$(cd "$here/../../../.." && pwd)/artifacts/native/fastdds}
lib="$out/libaios_fastdds.so"
cyclone=$here/../../Ros2.CycloneDds/native/src # has what both transports share

if [ -e "$lib" ] && [ -z "$(find "$here" "$cyclone/acd.h" "$cyclone/spin.h" /usr/include/*/fastrtps/config.h -newer "$lib" -type f -print -quit 2>/dev/null)" ]; then
  exit 0
fi
for tool in cmake make c++; do
  command -v "$tool" >/dev/null || { echo "error: $tool is missing: apt-get install cmake make g++" >&2; exit 3; }
done

mkdir -p "$out"
exec 9>"$out/.lock"
flock 9 # two builds at once would disturb each other
if ! cmake -S "$here" -B "$out" >"$out/build.log" 2>&1; then
  if grep -qE 'fastrtps|fastcdr' "$out/build.log"; then
    echo "error: Fast DDS 2.9 (headers) is missing: apt-get install libfastrtps-dev libfastcdr-dev" >&2
    exit 3
  fi
  grep -m1 -A2 "CMake Error" "$out/build.log" >&2 || true
  echo "error: configuring the Fast DDS part failed, see $out/build.log" >&2
  exit 1
fi
if ! cmake --build "$out" --parallel 2 >>"$out/build.log" 2>&1; then
  grep -m3 error "$out/build.log" >&2 || true
  echo "error: compiling the Fast DDS part failed, see $out/build.log" >&2
  exit 1
fi
cp "$out/linked/libaios_fastdds.so" "$lib.new"
mv -f "$lib.new" "$lib" # whole from the start: whoever finds it loads it
