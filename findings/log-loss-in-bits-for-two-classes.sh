#!/bin/sh
# Microsoft.ML 5.0.1: the log-loss of BinaryClassification.Evaluate is in bits (log base 2), that of MulticlassClassification.Evaluate in nats (ln), for the same
# rows and probabilities. Seen, for labels 1, 1, 0, 0 with probabilities of 1 of .9, .6, .3, .2:
#   by hand, ln              0.299001   MulticlassClassification 0.299001
#   by hand, log2            0.431367   BinaryClassification     0.431367
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
Two[] two = [.. new[] { 0.9f, 0.6f, 0.3f, 0.2f }.Select((p, i) => new Two { Label = i < 2, Score = p - 0.5f, Probability = p, PredictedLabel = p > 0.5f })];
var binary = ml.BinaryClassification.Evaluate(ml.Data.LoadFromEnumerable(two));

var views = ml.Data.LoadFromEnumerable(two.Select(row => new Many { Label = row.Label ? 1u : 0u, Score = [1 - row.Probability, row.Probability], PredictedLabel = row.PredictedLabel ? 1u : 0u }));
var keys = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
    .Append(ml.Transforms.Conversion.MapValueToKey("PredictedLabel", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)).Fit(views).Transform(views);
var multiclass = ml.MulticlassClassification.Evaluate(keys);

double natural = two.Average(row => -Math.Log(row.Label ? row.Probability : 1 - row.Probability));
Console.WriteLine($"by hand, ln            {natural:F6}\nby hand, log2          {natural / Math.Log(2):F6}");
Console.WriteLine($"BinaryClassification   {binary.LogLoss:F6}\nMulticlassClassification {multiclass.LogLoss:F6}");
bool same = Math.Abs(binary.LogLoss - natural / Math.Log(2)) < 1e-6 && Math.Abs(multiclass.LogLoss - natural) < 1e-6;
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

class Two
{
    public bool Label { get; set; }
    public float Score { get; set; }
    public float Probability { get; set; }
    public bool PredictedLabel { get; set; }
}

class Many
{
    public uint Label { get; set; }
    [VectorType(2)] public float[] Score { get; set; } = [];
    public uint PredictedLabel { get; set; }
}
PROGRAM
dotnet run
