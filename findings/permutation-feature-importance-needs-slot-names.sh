#!/bin/sh
# Microsoft.ML 5.0.1: the overloads of PermutationFeatureImportance that take any ITransformer throw an InvalidOperationException, "Invalid call to 'GetValue'", when the
# feature column has no slot names, as a [VectorType] property has none. The typed overload, which gives its result per slot index, works on the same model and data, and
# so does the first once Concatenate has named the slots. Seen, with LbfgsMaximumEntropy:
#   typed                 2 slots
#   any ITransformer      InvalidOperationException: Invalid call to 'GetValue'
#   with named slots      X, Y
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
var random = new Random(1);
var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => (X: i % 3 + random.NextSingle(), Y: random.NextSingle(), Class: "abc"[i % 3].ToString()))
    .Select(p => new Row { X = p.X, Y = p.Y, Features = [p.X, p.Y], Label = p.Class }).ToArray());
var unnamed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
var named = ml.Transforms.Concatenate("Features", "X", "Y").Fit(unnamed).Transform(unnamed);
var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

int typed = ml.MulticlassClassification.PermutationFeatureImportance(trainer.Fit(unnamed), unnamed).Length;
string names = string.Join(", ", ml.MulticlassClassification.PermutationFeatureImportance((ITransformer)trainer.Fit(named), named).Keys.Order());
string outcome;
try
{
    outcome = $"{ml.MulticlassClassification.PermutationFeatureImportance((ITransformer)trainer.Fit(unnamed), unnamed).Count} slots";
}
catch (InvalidOperationException e)
{
    outcome = $"InvalidOperationException: {e.Message}";
}

Console.WriteLine($"typed                 {typed} slots\nany ITransformer      {outcome}\nwith named slots      {names}");
return typed == 2 && names == "X, Y" && outcome == "InvalidOperationException: Invalid call to 'GetValue'" ? 0 : 1;

class Row
{
    public float X { get; set; }
    public float Y { get; set; }
    [VectorType(2)] public float[] Features { get; set; } = [];
    public string Label { get; set; } = "";
}
PROGRAM
dotnet run
