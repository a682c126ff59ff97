using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Schema;

/// <summary>Columns, types and annotations are those of the built-in trainers of the same task.</summary>
[TestClass]
public class OutputSchemaTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void The_scored_view_has_the_columns_and_annotations_of_a_built_in_scorer(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var expected = SchemaText.Of(TrainerCase.BuiltIn(_ml, trainer).Fit(data).Transform(data).Schema);
        CollectionAssert.AreEqual(expected, SchemaText.Of(TrainerCase.Create(_ml, trainer).Fit(data).Transform(data).Schema));
    }

    [TestMethod]
    [DataRow(TrainerCase.Softmax)]
    [DataRow(TrainerCase.SoftmaxMlp)]
    public void Class_names_that_are_numbers_or_absent_are_annotated_as_by_a_built_in_scorer(string trainer)
    {
        var numbers = _ml.Data.LoadFromEnumerable(TestData.Iris().Select(row => new { row.Features, Label = 10 * (row.Label.Length % 3) }), Vectors(new { Features = Array.Empty<float>(), Label = 0 }));
        var named = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(numbers).Transform(numbers);
        var unnamed = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new KeyRow { Features = [i % 5, i % 7], Label = (uint)(i % 3) + 1 }));
        foreach (var data in new[] { named, unnamed })
        {
            var expected = SchemaText.Of(TrainerCase.BuiltIn(_ml, trainer).Fit(data).Transform(data).Schema);
            CollectionAssert.AreEqual(expected, SchemaText.Of(TrainerCase.Create(_ml, trainer).Fit(data).Transform(data).Schema));
        }

        static SchemaDefinition Vectors<T>(T _)
        {
            var schema = SchemaDefinition.Create(typeof(T));
            schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
            return schema;
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void GetOutputSchema_of_the_estimator_is_the_built_in_one_and_that_of_the_fitted_schema(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var shape = Internals.MLNetInternals.ShapeOf(null, data.Schema);
        var estimator = TrainerCase.Create(_ml, trainer);
        var promised = estimator.Estimator.GetOutputSchema(shape);
        CollectionAssert.AreEqual(SchemaText.Of(TrainerCase.BuiltIn(_ml, trainer).GetOutputSchema(shape)), SchemaText.Of(promised));
        var fitted = estimator.Fit(data).GetOutputSchema(data.Schema);
        CollectionAssert.AreEqual(SchemaText.Of(promised), SchemaText.Of(Internals.MLNetInternals.ShapeOf(null, fitted)));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void The_transformer_promises_the_schema_that_its_view_has(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var scored = SchemaText.Of(model.Transform(data).Schema);
        CollectionAssert.AreEqual(scored, SchemaText.Of(model.GetOutputSchema(data.Schema)));
        CollectionAssert.AreEqual(scored, SchemaText.Of(model.GetRowToRowMapper(data.Schema).OutputSchema));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void An_input_column_named_Score_stays_hidden_behind_ours(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var named = _ml.Transforms.CopyColumns("Score", "Features").Fit(data).Transform(data);
        var scored = TrainerCase.Create(_ml, trainer).Fit(named).Transform(named);
        var scores = scored.Schema.Where(column => column.Name == "Score").ToArray();
        Assert.HasCount(2, scores);
        Assert.IsTrue(scores[0].IsHidden);
        Assert.AreEqual(data.Schema["Features"].Type, scores[0].Type);
        CollectionAssert.AreEqual(data.GetColumn<float[]>("Features").First(), scored.GetColumn<float[]>(scores[0]).First());
    }
}
