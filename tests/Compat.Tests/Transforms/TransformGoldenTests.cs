using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace EE569.Compat.Tests;

/// <summary>Every transform gives ML.NET's values, schema, annotations, parameters, shapes and errors.</summary>
[TestClass]
public sealed class TransformGoldenTests
{
    private static readonly Dictionary<string, JsonObject> Golden = new GoldenFile("transforms.json")["transforms"].AsArray()
        .ToDictionary(golden => (string)golden!["name"]!, golden => golden!.AsObject());

    /// <summary>Outcomes that have their own tests.</summary>
    private static readonly string[] NotInTable = ["MapValueToKey_unseen_value_at_transform", "FilterRowsByColumn"];

    public static IEnumerable<object[]> CaseNames => TransformCases.All.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void Every_golden_case_is_tested() =>
        Assert.AreEqual("", string.Join(", ", Golden.Keys.Except(NotInTable).Except(TransformCases.All.Keys)));

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Outcome_is_ML_NETs(string name)
    {
        var ml = new MLContext(seed: 1);
        (Func<MLContext, IDataView> data, Func<MLContext, IEstimator<ITransformer>> estimator) = TransformCases.All[name];
        JsonObject expected = Golden[name]["outcome"]!.AsObject();
        IDataView view = data(ml);
        JsonNode? actual = GoldenFile.Outcome(() => Fitted(estimator(ml).Fit(view), view, expected));
        TransformJson.AssertClose(expected, actual, name);
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Output_shape_is_ML_NETs(string name)
    {
        var ml = new MLContext(seed: 1);
        (Func<MLContext, IDataView> data, Func<MLContext, IEstimator<ITransformer>> estimator) = TransformCases.All[name];
        JsonNode? actual = GoldenFile.Outcome(() => TransformJson.Shape(ShapeProbe.OutputShape(estimator(ml), data(ml))));
        TransformJson.AssertClose(Golden[name]["get_output_schema"], actual, name);
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Saved_and_loaded_it_transforms_alike(string name)
    {
        var ml = new MLContext(seed: 1);
        (Func<MLContext, IDataView> data, Func<MLContext, IEstimator<ITransformer>> estimator) = TransformCases.All[name];
        JsonObject expected = Golden[name]["outcome"]!.AsObject();
        if (expected["exception"] is not null || name == "edge_RobustScaling_default")
        {
            // No model, or one with an infinite scale: ML.NET saves that, but refuses to load it.
            return;
        }

        IDataView view = data(ml);
        using MemoryStream file = new();
        ml.Model.Save(estimator(ml).Fit(view), view.Schema, file);
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);
        Assert.AreEqual(string.Join("; ", view.Schema.Where(column => !column.IsHidden)), string.Join("; ", schema));
        JsonObject actual = Fitted(loaded, view, expected);
        actual.Remove("fitted_parameters");
        JsonObject withoutParameters = expected.DeepClone().AsObject();
        withoutParameters.Remove("fitted_parameters");
        TransformJson.AssertClose(withoutParameters, actual, name);
    }

    [TestMethod]
    public void Values_unseen_in_fitting_have_no_key()
    {
        var ml = new MLContext(seed: 1);
        var model = ml.Transforms.Conversion.MapValueToKey("K", "T").Fit(TransformData.Keys(ml));
        IDataView keys = model.Transform(ml.Data.LoadFromEnumerable(new[] { "apple", "unseen", "" }.Select(text => new { T = text })));
        CollectionAssert.AreEqual(new uint[] { 2, 0, 0 }, keys.GetColumn<uint>("K").ToArray());
    }

    private static JsonObject Fitted(ITransformer model, IDataView view, JsonObject expected)
    {
        IDataView output = model.Transform(view);
        JsonObject outcome = new()
        {
            ["output_columns"] = new JsonObject(expected["output_columns"]!.AsObject().Select(column => KeyValuePair.Create(
                column.Key, GoldenFile.Outcome(() => TransformJson.Values(output, column.Key, column.Value as JsonArray))))),
            ["output_schema"] = new JsonArray([.. expected["output_schema"]!.AsArray().Select(column => TransformJson.Column(output.Schema[(int)column!["index"]!]))]),
        };
        if (model is NormalizingTransformer normalizer)
        {
            outcome["fitted_parameters"] = Parameters(normalizer, expected);
        }

        return outcome;
    }

    private static JsonArray Parameters(NormalizingTransformer model, JsonObject expected) =>
        new([.. (expected["fitted_parameters"]?.AsArray() ?? []).Select(golden =>
        {
            int index = (int)golden!["index"]!;
            NormalizingTransformer.NormalizerModelParametersBase parameters = model.GetNormalizerModelParameters(index);
            return new JsonObject
            {
                ["index"] = index,
                ["type"] = TransformJson.TypeName(parameters.GetType()),
                ["properties"] = new JsonObject(parameters.GetType().GetProperties()
                    .Select(property => KeyValuePair.Create(property.Name, GoldenFile.Value(property.GetValue(parameters))))),
            };
        })]);
}
