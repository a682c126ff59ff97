#!/bin/sh
# Microsoft.ML 5.0.1: NormalizeMeanVariance does not centre by default. `fixZero: true` divides by sqrt(mean² + variance) and subtracts nothing, so that a column
# far from zero comes out as nearly the constant 1: mean and deviation of 0 and 1, which the name promises, take `fixZero: false`.
# The summary of the method says "mean variance", of fixZero "whether to map zero to zero, preserving sparsity". Seen, for the years 1960 to 2019:
#   fixZero: true   mean 0.99996, deviation 0.00870
#   fixZero: false  mean 0.00000, deviation 1.00000
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
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1);
var years = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Features = [1960 + i / 5] }));
var (withDefault, centred) = (Describe(fixZero: true), Describe(fixZero: false));
bool same = Math.Abs(withDefault.Mean - 1) < 0.001 && withDefault.Deviation < 0.01
    && Math.Abs(centred.Mean) < 0.001 && Math.Abs(centred.Deviation - 1) < 0.001;
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

(double Mean, double Deviation) Describe(bool fixZero)
{
    var normalise = fixZero ? ml.Transforms.NormalizeMeanVariance("Features") : ml.Transforms.NormalizeMeanVariance("Features", fixZero: false);
    var scaled = normalise.Fit(years).Transform(years);
    double[] x = [.. scaled.GetColumn<float[]>("Features").Select(row => (double)row[0])];
    double mean = x.Average(), deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
    Console.WriteLine($"fixZero: {fixZero}  mean {mean:F5}, deviation {deviation:F5}");
    return (mean, deviation);
}

class Row
{
    [VectorType(1)] public float[] Features { get; set; } = [];
}
PROGRAM
dotnet run
