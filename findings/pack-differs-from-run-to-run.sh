#!/usr/bin/env bash
# NuGet's pack, SDK 10.0.401: the same assembly packed twice gives two different packages, although Deterministic is true (its default) and documented as
# making outputs the same for the same inputs. The entries of the zip carry the time of the packing. DeterministicTimestamp, a property of the pack targets that
# the documentation of pack does not list, gives them a fixed time, and the packages the same bits.
# Seen:
#   Deterministic alone: the packages differ
#   with DeterministicTimestamp: the packages are the same
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
cat > library.csproj <<'P'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><Deterministic>true</Deterministic></PropertyGroup></Project>
P
echo 'public static class Library { }' > Library.cs
dotnet build -c Release -v q -nologo > build.log || { cat build.log; exit 1; }
packed() { # NAME PROPERTY...: packs what is built, a few seconds apart, and prints the checksum of the package
  dotnet pack -c Release --no-build -nologo -v q -o "$1" "${@:2}" > pack.log || { cat pack.log; exit 1; }
  sleep 3
  sha256sum "$1/library.1.0.0.nupkg" | cut -d ' ' -f 1
}
if [ "$(packed a)" = "$(packed b)" ]; then plain="are the same"; else plain="differ"; fi
if [ "$(packed c -p:DeterministicTimestamp=1795824000)" = "$(packed d -p:DeterministicTimestamp=1795824000)" ]; then stamped="are the same"; else stamped="differ"; fi
echo "Deterministic alone: the packages $plain"
echo "with DeterministicTimestamp: the packages $stamped"
[ "$plain" = "differ" ] && [ "$stamped" = "are the same" ]
