#!/bin/sh
# Microsoft.ML.LightGbm 5.0.1: EarlyStoppingRound cuts the model back to its best iteration only if the stop comes true. If the iterations end first, the model keeps all its trees,
# although the same patience that was not yet over had seen the best on the validation rows long before (LightGBM's own Python package remembers best_iteration in both cases).
# Seen, 300 noisy training rows, 400 iterations:
#   no early stopping      400 trees, RMSE on the validation rows 0.7719
#   patience  50             3 trees, RMSE on the validation rows 0.5867
#   patience 399           400 trees, RMSE on the validation rows 0.7719
# So patience wants to be small beside NumberOfIterations. Exits 1 if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML" Version="5.0.1" /><PackageReference Include="Microsoft.ML.LightGbm" Version="5.0.1" /></ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

var ml = new MLContext(seed: 1);
var random = new Random(1);
IDataView train = Rows(), validation = Rows();
(int trees0, double error0) = Fit(0);
(int trees50, double error50) = Fit(50);
(int trees399, double error399) = Fit(399);
return trees0 == 400 && trees50 < 50 && trees399 == 400 && error50 < 0.9 * error399 && error399 == error0 ? 0 : 1;

IDataView Rows() => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(_ =>
{
    float a = random.NextSingle(), b = random.NextSingle();
    return new Row { Features = [a, b], Label = a + (float)((random.NextDouble() - 0.5) * 2) };
}).ToArray());

(int, double) Fit(int patience)
{
    var options = new LightGbmRegressionTrainer.Options { NumberOfIterations = 400, LearningRate = 0.2, MinimumExampleCountPerLeaf = 3, EarlyStoppingRound = patience, NumberOfThreads = 1 };
    var model = ml.Regression.Trainers.LightGbm(options).Fit(train, validation);
    int trees = model.Model.TrainedTreeEnsemble.Trees.Count;
    double error = ml.Regression.Evaluate(model.Transform(validation)).RootMeanSquaredError;
    Console.WriteLine($"patience {patience,3}: {trees,3} trees, RMSE on the validation rows {error:F4}");
    return (trees, error);
}

class Row
{
    public float Label { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
PROGRAM
dotnet run -c Release
