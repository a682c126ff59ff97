#!/usr/bin/env bash
# Sep 0.17.1: a file of tab-separated values has no quotes (the IANA registration of text/tab-separated-values knows none), so 5" is five inches. Sep, told that the separator is a tab,
# takes the mark in the middle of a cell for the beginning of a quoted part that runs on to the next mark, rows further down: three rows are read as one, and nothing is said.
# DisableQuotesParsing is the way out, and must be known beforehand. CsvHelper 34 and Python read three rows.
#
# Output seen:
#   3 rows written, 1 read: 1|5" pipe\n2|x\n3|y" z
#   without quotes: 3 rows
#
# Exits with 1 if three rows are some day read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Sep" Version="0.17.1" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using nietras.SeparatedValues;

string text = "id\tsize\n1\t5\" pipe\n2\tx\n3\ty\" z\n";
int Rows(bool quotes)
{
    using SepReader reader = Sep.New((char)9).Reader(options => options with { DisableQuotesParsing = !quotes }).FromText(text);
    int rows = 0;
    foreach (SepReader.Row row in reader)
    {
        rows++;
        if (quotes)
        {
            Console.WriteLine($"3 rows written, {rows} read: {row.Span.ToString().Replace("\n", "\\n").Replace((char)9, (char)124)}");
        }
    }

    return rows;
}

int quoted = Rows(quotes: true), plain = Rows(quotes: false);
Console.WriteLine($"without quotes: {plain} rows");
return quoted == 1 && plain == 3 ? 0 : 1;
CS
dotnet run -c Release
