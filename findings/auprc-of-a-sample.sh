#!/bin/sh
# Microsoft.ML 5.0.1: beyond 100,000 rows the AreaUnderPrecisionRecallCurve of BinaryClassification.Evaluate is that of a sample of the rows, without a word, and no
# argument of Evaluate changes that; the AreaUnderRocCurve beside it is exact. The same rows in the opposite order have the same curve. Seen:
#    90000 rows  AUC 0.969081  AUPRC 0.942860
#   reversed      AUC 0.969081  AUPRC 0.942860
#   400000 rows  AUC 0.969030  AUPRC 0.943556
#   reversed      AUC 0.969030  AUPRC 0.941708
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

double Difference(int count)
{
    var random = new Random(3);
    Row[] rows = [.. Enumerable.Range(0, count).Select(_ =>
    {
        bool label = random.NextDouble() < 0.3;
        float score = (float)((label ? 0.55 : 0.4) + (0.2 * (random.NextDouble() - 0.5)));
        return new Row { Label = label, Score = score, Probability = score, PredictedLabel = score > 0.5f };
    })];
    CalibratedBinaryClassificationMetrics Evaluate(IEnumerable<Row> some)
    {
        var ml = new MLContext(seed: 1);
        return ml.BinaryClassification.Evaluate(ml.Data.LoadFromEnumerable(some));
    }

    (var forward, var reversed) = (Evaluate(rows), Evaluate(rows.Reverse()));
    Console.WriteLine($"{count,7} rows  AUC {forward.AreaUnderRocCurve:F6}  AUPRC {forward.AreaUnderPrecisionRecallCurve:F6}");
    Console.WriteLine($"reversed      AUC {reversed.AreaUnderRocCurve:F6}  AUPRC {reversed.AreaUnderPrecisionRecallCurve:F6}");
    return Math.Abs(forward.AreaUnderPrecisionRecallCurve - reversed.AreaUnderPrecisionRecallCurve);
}

bool same = Difference(90_000) < 1e-6 & Difference(400_000) > 1e-5;
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;

class Row
{
    public bool Label { get; set; }
    public float Score { get; set; }
    public float Probability { get; set; }
    public bool PredictedLabel { get; set; }
}
PROGRAM
dotnet run
