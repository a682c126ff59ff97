#!/bin/sh
# Microsoft.ML 5.0.1: CrossValidationSplit, and so CrossValidate, draws a fold for each row by itself, TrainTestSplit a side: sizes are those of
# independent draws, not equal parts, and classes are not stratified either. Seen, for 50 rows:
#   CrossValidationSplit, 5 folds, seed 1: 9, 10, 8, 12, 11 test rows
#   TrainTestSplit(0.2), seeds 0 to 199:   3 to 18 test rows
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
var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Row { X = i }));
int[] folds = [.. ml.Data.CrossValidationSplit(data, numberOfFolds: 5, seed: 1).Select(fold => fold.TestSet.GetColumn<float>("X").Count())];
int[] tests = [.. Enumerable.Range(0, 200).Select(seed => ml.Data.TrainTestSplit(data, 0.2, seed: seed).TestSet.GetColumn<float>("X").Count())];
Console.WriteLine($"CrossValidationSplit of 50 rows in 5 folds: {string.Join(", ", folds)} test rows");
Console.WriteLine($"TrainTestSplit(0.2) of 50 rows, 200 seeds: {tests.Min()} to {tests.Max()} test rows");
bool same = folds.Sum() == 50 && folds.Max() - folds.Min() > 1 && tests.Min() < 6 && tests.Max() > 14;
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

class Row
{
    public float X { get; set; }
}
PROGRAM
dotnet run
