#!/usr/bin/env bash
# Microsoft.Data.Analysis 0.23.1 with Microsoft.ML 5.0.1: a DataFrame keeps null in every type of column, and is an IDataView. Read as one, a null is missing (NaN, empty)
# only in columns of floating point and of text. In a column of Booleans it is false, of Int32 0, of dates the first of January of the year 1: values like any other, which
# transformers and trainers take as such. ReplaceMissingValues cannot mend it, for nothing is missing any more.
#
# Output seen:
#   null among Booleans: True False True
#   null among Int32: 7 0 9
#   null among dates: 2015-01-31 0001-01-01 2016-02-01
#   null among Single: 7 NaN 9
#
# Exits with 1 if a null is some day refused, or comes through as missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML" Version="5.0.1" /><PackageReference Include="Microsoft.Data.Analysis" Version="0.23.1" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

IDataView view = new DataFrame(
    new BooleanDataFrameColumn("flag", new bool?[] { true, null, true }), new Int32DataFrameColumn("count", new int?[] { 7, null, 9 }),
    new DateTimeDataFrameColumn("day", new DateTime?[] { new(2015, 1, 31), null, new(2016, 2, 1) }), new SingleDataFrameColumn("size", new float?[] { 7, null, 9 }));
bool[] flags = [.. view.GetColumn<bool>("flag")];
int[] counts = [.. view.GetColumn<int>("count")];
DateTime[] days = [.. view.GetColumn<DateTime>("day")];
Console.WriteLine($"null among Booleans: {string.Join(" ", flags)}");
Console.WriteLine($"null among Int32: {string.Join(" ", counts)}");
Console.WriteLine($"null among dates: {string.Join(" ", days.Select(day => $"{day:yyyy-MM-dd}"))}");
Console.WriteLine($"null among Single: {string.Join(" ", view.GetColumn<float>("size"))}");
return flags[1] || counts[1] != 0 || days[1] != DateTime.MinValue ? 1 : 0;
CS
dotnet run -c Release
