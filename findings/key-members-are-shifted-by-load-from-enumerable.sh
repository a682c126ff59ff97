#!/usr/bin/env bash
# Microsoft.ML 5.0.1: a member of type uint that becomes a key column (KeyType, or ColumnType = KeyDataViewType in a SchemaDefinition) is not written as it is
# read. LoadFromEnumerable takes the member as a number from 0: it adds 1, and the last class of data numbered from 1 - as GetColumn, CreateEnumerable, every
# getter and the evaluators number keys - becomes 0, the missing value, without a word; trainers and evaluators then skip those rows. So rows that go through
# CreateEnumerable and LoadFromEnumerable with the same class lose their last class.
#
# Output seen:
#   Microsoft.ML 5.0.1
#   members 0 1 2 of 3 keys are read as 1 2 3
#   members 1 2 3 of 3 keys are read as 2 3 0
#   written, enumerated, written again: 0 1 2 -> 1 2 3 -> 2 3 0
#
# Exits with 1 if a member is some day read as it was written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML" Version="5.0.1" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
Console.WriteLine($"Microsoft.ML {FileVersionInfo.GetVersionInfo(typeof(MLContext).Assembly.Location).ProductVersion!.Split('+')[0]}");
IDataView View(IEnumerable<Row> rows) => ml.Data.LoadFromEnumerable(rows);
uint[] Keys(IEnumerable<uint> members) => [.. View(members.Select(member => new Row { Class = member })).GetColumn<uint>("Class")];
Console.WriteLine($"members 0 1 2 of 3 keys are read as {string.Join(' ', Keys([0, 1, 2]))}");
Console.WriteLine($"members 1 2 3 of 3 keys are read as {string.Join(' ', Keys([1, 2, 3]))}");
Row[] enumerated = [.. ml.Data.CreateEnumerable<Row>(View([new Row { Class = 0 }, new Row { Class = 1 }, new Row { Class = 2 }]), reuseRowObject: false)];
uint[] again = [.. View(enumerated).GetColumn<uint>("Class")];
Console.WriteLine($"written, enumerated, written again: 0 1 2 -> {string.Join(' ', enumerated.Select(row => row.Class))} -> {string.Join(' ', again)}");
return Keys([1, 2, 3]).SequenceEqual([1u, 2u, 3u]) || again.SequenceEqual([1u, 2u, 3u]) ? 1 : 0;

class Row
{
    [KeyType(3)] public uint Class { get; set; }
}
CS
dotnet run -c Release
