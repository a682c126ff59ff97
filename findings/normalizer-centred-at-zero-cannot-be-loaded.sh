#!/bin/sh
# Microsoft.ML 5.0.1: NormalizeRobustScaling (centerData: true, its default) of a vector whose medians are all exactly 0 is fitted, transforms and is saved, but the file
# cannot be loaded: NullReferenceException in AffineColumnFunction. It writes how many offsets are not 0, and on reading takes none for no offsets at all, whose values it then
# asks for. Data that is centred already, or mostly 0, is enough. NormalizeMeanVariance of the same data can be loaded. Seen, for -1, 0, 1:
#   NormalizeMeanVariance: saved, loaded
#   NormalizeRobustScaling: saved, NullReferenceException
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
var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Features = [i % 3 - 1, i % 5 - 2] }));
string[] seen =
[
    Load("NormalizeMeanVariance", ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)),
    Load("NormalizeRobustScaling", ml.Transforms.NormalizeRobustScaling("Features", centerData: true)),
];
bool same = seen is ["loaded", nameof(NullReferenceException)];
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

string Load(string name, IEstimator<ITransformer> normalizer)
{
    using var stream = new MemoryStream();
    ml.Model.Save(normalizer.Fit(data), data.Schema, stream);
    stream.Position = 0;
    string outcome = "loaded";
    try
    {
        ml.Model.Load(stream, out _);
    }
    catch (Exception exception)
    {
        outcome = exception.GetBaseException().GetType().Name;
    }

    Console.WriteLine($"{name}: saved, {outcome}");
    return outcome;
}

class Row
{
    [VectorType(2)] public float[] Features { get; set; } = [];
}
PROGRAM
dotnet run
