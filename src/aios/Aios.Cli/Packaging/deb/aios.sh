#!/bin/sh
# Starts AIOS as it was installed; from another root too.
set -e
prefix=$(dirname "$(dirname "$(readlink -f "$0")")")
built=/usr/local/lib/aios/libaios_cyclonedds.so
if [ -z "$AIOS_CYCLONEDDS_LIBRARY" ] && [ -e "$built" ]; then
    export AIOS_CYCLONEDDS_LIBRARY="$built"
fi
for dotnet in "$(command -v dotnet || true)" "$DOTNET_ROOT/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /opt/dotnet/dotnet; do
    if [ -x "$dotnet" ] && [ ! -d "$dotnet" ]; then
        export AIOS_HOME="${AIOS_HOME:-$prefix/share/aios}" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
        exec "$dotnet" "$prefix/lib/aios/aios.dll" "$@"
    fi
done
echo "aios: the .NET 10 runtime is missing: get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
exit 3
