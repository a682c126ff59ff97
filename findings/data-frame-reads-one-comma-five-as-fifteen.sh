#!/usr/bin/env bash
# Microsoft.Data.Analysis 0.23.1: DataFrame.LoadCsv reads a file of semicolons and decimal commas, as spreadsheets write it in half of Europe, without an error: 1,5 becomes the
# number 15 and 0,25 becomes 25, for a comma is a group separator wherever it stands. Codes lose their zeros in front (02134 becomes 2134), and the surname Null becomes a missing value.
#
# Output seen:
#   1,5 0,25 10,75 are Single: 15 25 1075
#   02134 10001 are Single: 2134 10001
#   Ada Null Alan are String: Ada (null) Alan
#
# Exits with 1 if 1,5 is some day read as 1.5, as a text, or refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Data.Analysis" Version="0.23.1" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Text;
using Microsoft.Data.Analysis;

DataFrameColumn Read(params string[] cells)
{
    string text = "cell;other\n" + string.Concat(cells.Select(cell => $"{cell};1\n"));
    DataFrameColumn column = DataFrame.LoadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), separator: (char)59)["cell"];
    Console.WriteLine($"{string.Join(" ", cells)} are {column.DataType.Name}: {string.Join(" ", column.Cast<object>().Select(value => value ?? "(null)"))}");
    return column;
}

DataFrameColumn commas = Read("1,5", "0,25", "10,75");
Read("02134", "10001");
Read("Ada", "Null", "Alan");
return commas[0] is 15f ? 0 : 1;
CS
dotnet run -c Release
