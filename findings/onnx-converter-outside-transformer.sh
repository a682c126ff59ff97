#!/usr/bin/env bash
# Microsoft.ML.OnnxConverter 0.23.1 with Microsoft.ML 5.0.1: ml.Model.ConvertToOnnx of a pipeline that ends in an ITransformer of another assembly
# writes a valid file without it and says nothing, not even in MLContext.Log: the columns that the transformer makes are inputs of the file, passed
# through. ConvertToOnnx asks views for an interface that is not public and takes the first view without it for the data. Here the transformer hands
# on to a fitted SDCA regression; the right file has no input Score, or there is an error.
# Seen: "inputs: Features Score; Score given 42, Score.output 42".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.ML" Version="5.0.1" />
    <PackageReference Include="Microsoft.ML.OnnxConverter" Version="0.23.1" />
    <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
  </ItemGroup>
</Project>
EOF
cat > Program.cs <<'EOF'
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

var ml = new MLContext(seed: 1);
ml.Log += (_, e) => { if (e.Kind >= Microsoft.ML.Runtime.ChannelMessageKind.Warning) Console.WriteLine($"log: {e.Message}"); };
var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Row { Features = [i, i % 7], Label = i }).ToArray());
var fitted = ml.Regression.Trainers.Sdca().Fit(data);
using var stream = new MemoryStream();
ml.Model.ConvertToOnnx(new Outside(fitted), ml.Data.LoadFromEnumerable(data.GetColumn<float[]>("Features").Select(f => new Input { Features = f }).ToArray()), stream);
using var session = new InferenceSession(stream.ToArray());
string inputs = string.Join(' ', session.InputNames);
var values = session.InputMetadata.Select(input => NamedOnnxValue.CreateFromTensor(
    input.Key, new DenseTensor<float>(Enumerable.Repeat(42f, input.Value.Dimensions[1]).ToArray(), [1, input.Value.Dimensions[1]]))).ToList();
using var results = session.Run(values);
float score = results.Single(result => result.Name == "Score.output").AsEnumerable<float>().Single();
Console.WriteLine($"inputs: {inputs}; Score given 42, Score.output {score}");
return inputs == "Features Score" && score == 42 ? 0 : 1;

sealed class Row { [VectorType(2)] public float[] Features { get; set; } = []; public float Label { get; set; } }

sealed class Input { [VectorType(2)] public float[] Features { get; set; } = []; }

sealed class Outside(ITransformer inner) : ITransformer
{
    public bool IsRowToRowMapper => true;
    public DataViewSchema GetOutputSchema(DataViewSchema schema) => inner.GetOutputSchema(schema);
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema schema) => inner.GetRowToRowMapper(schema);
    public IDataView Transform(IDataView input) => new View(inner.Transform(input));
    void ICanSaveModel.Save(ModelSaveContext ctx) => inner.Save(ctx);
}

sealed class View(IDataView inner) : IDataView
{
    public bool CanShuffle => inner.CanShuffle;
    public DataViewSchema Schema => inner.Schema;
    public long? GetRowCount() => inner.GetRowCount();
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columns, Random? random = null) => inner.GetRowCursor(columns, random);
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columns, int n, Random? random = null) => inner.GetRowCursorSet(columns, n, random);
}
EOF
dotnet run
