#!/bin/sh
# Microsoft.ML 5.0.1: OneVersusAll fits its binary trainer once more than there are classes, and PairwiseCoupling once more than there are pairs: the first is
# fitted twice and the first result thrown away. A binary trainer whose Fit counts, reports or costs (a callback, a history, a long run) sees it.
# Seen, with three classes and LbfgsLogisticRegression, whose log says "Beginning optimization" once a fit:
#   OneVersusAll      4 fits of 3 classes
#   PairwiseCoupling  7 fits of 6 pairs
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
int fits = 0;
ml.Log += (_, message) => fits += message.RawMessage == "Beginning optimization" ? 1 : 0;
var random = new Random(1);
var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Features = [i % 3 + random.NextSingle(), random.NextSingle()], Label = "abc"[i % 3].ToString() }));
var data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
var trainers = ml.MulticlassClassification.Trainers;
int oneVersusAll = Fits(trainers.OneVersusAll(ml.BinaryClassification.Trainers.LbfgsLogisticRegression()));
int pairwise = Fits(trainers.PairwiseCoupling(ml.BinaryClassification.Trainers.LbfgsLogisticRegression()));
Console.WriteLine($"OneVersusAll      {oneVersusAll} fits of 3 classes\nPairwiseCoupling  {pairwise} fits of 6 pairs");
return oneVersusAll == 4 && pairwise == 7 ? 0 : 1;

int Fits(IEstimator<ITransformer> estimator)
{
    fits = 0;
    estimator.Fit(data);
    return fits;
}

class Row
{
    [VectorType(2)] public float[] Features { get; set; } = [];
    public string Label { get; set; } = "";
}
PROGRAM
dotnet run
