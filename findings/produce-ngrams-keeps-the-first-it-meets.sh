#!/bin/sh
# Microsoft.ML 5.0.1: maximumNgramsCount of ProduceNgrams keeps the n-grams that come first in the data, however rare, and not the most frequent ones; what is
# frequent but comes later has no slot, and nothing tells.
# Seen, of one row "rare once" and a hundred rows "common word", with maximumNgramsCount: 2:
#   kept: rare, once
#   features of "common word": 0 0
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

var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromEnumerable(Enumerable.Repeat("common word", 100).Prepend("rare once").Select(text => new Row { Text = text }));
var transformed = ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ml.Transforms.Conversion.MapValueToKey("Words"))
    .Append(ml.Transforms.Text.ProduceNgrams("Features", "Words", ngramLength: 1, maximumNgramsCount: 2)).Fit(rows).Transform(rows);
VBuffer<ReadOnlyMemory<char>> names = default;
transformed.Schema["Features"].GetSlotNames(ref names);
string kept = string.Join(", ", names.DenseValues());
string last = string.Join(' ', transformed.GetColumn<float[]>("Features").Last());
Console.WriteLine($"kept: {kept}\nfeatures of \"common word\": {last}");
return kept == "rare, once" && last == "0 0" ? 0 : 1;

class Row
{
    public string Text { get; set; } = "";
}
PROGRAM
dotnet run
