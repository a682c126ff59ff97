#!/bin/sh
# Microsoft.ML 5.0.1: TextLoader (and LoadFromTextFile) reads an empty cell of a Single column as 0, not as NaN, so that a later ReplaceMissingValues or
# IndicateMissingValues finds nothing to replace. TextLoader.Options.MissingRealsAsNaNs = true gives NaN. Seen, for the cells 1.8, empty, 1.6:
#   as it comes          1.8 0 1.6
#   MissingRealsAsNaNs   1.8 NaN 1.6
# Exits 1 if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML" Version="5.0.1" /></ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using Microsoft.ML;
using Microsoft.ML.Data;

File.WriteAllText("table.csv", "height,label\n1.8,1\n,0\n1.6,1\n");
var ml = new MLContext(seed: 1);
float[] plain = Read(new TextLoader.Options()), asNaN = Read(new TextLoader.Options { MissingRealsAsNaNs = true });
Console.WriteLine($"as it comes          {string.Join(' ', plain)}\nMissingRealsAsNaNs   {string.Join(' ', asNaN)}");
bool same = plain is [1.8f, 0, 1.6f] && asNaN is [1.8f, float.NaN, 1.6f];
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

float[] Read(TextLoader.Options options)
{
    (options.Separators, options.HasHeader, options.Columns) = ([','], true, [new TextLoader.Column("Height", DataKind.Single, 0)]);
    return [.. ml.Data.CreateTextLoader(options).Load("table.csv").GetColumn<float>("Height")];
}
PROGRAM
dotnet run
