#!/usr/bin/env bash
# Microsoft.ML 5.0.1: NormalizeRobustScaling of a vector whose slots all have median 0 is fitted, transforms and is saved without a word; the file cannot be loaded:
# NullReferenceException in AffineColumnFunction.Sng.ImplVec.Create. Columns that were centred before are such; with one slot of another median it loads, and so does
# NormalizeMeanVariance(fixZero: false) of slots with mean 0.
#
# Output seen:
#   robust scaling, one slot of median 0, one of 1: loaded
#   robust scaling, both of median 0: NullReferenceException
#   mean and variance, both of mean 0: loaded
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
using Microsoft.ML;
using Microsoft.ML.Data;

string Answer(float shift, Func<MLContext, IEstimator<ITransformer>> normalizer)
{
    var ml = new MLContext(seed: 1);
    IDataView rows = ml.Data.LoadFromEnumerable(new[] { -2f, -1f, 0f, 1f, 2f }.Select(value => new Row { Features = [value, value + shift] }).ToArray());
    ml.Model.Save(normalizer(ml).Fit(rows), rows.Schema, "model.zip");
    try
    {
        ml.Model.Load("model.zip", out _);
        return "loaded";
    }
    catch (Exception exception)
    {
        return exception.GetBaseException().GetType().Name;
    }
}

string[] answers =
[
    Answer(1, ml => ml.Transforms.NormalizeRobustScaling("Features")),
    Answer(0, ml => ml.Transforms.NormalizeRobustScaling("Features")),
    Answer(0, ml => ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)),
];
Console.WriteLine($"robust scaling, one slot of median 0, one of 1: {answers[0]}\nrobust scaling, both of median 0: {answers[1]}\nmean and variance, both of mean 0: {answers[2]}");
return answers is ["loaded", "NullReferenceException", "loaded"] ? 0 : 1;

sealed class Row
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
CS
dotnet run
