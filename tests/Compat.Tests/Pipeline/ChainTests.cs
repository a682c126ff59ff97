using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Chains fit and apply their parts in order, only where their scope says so.</summary>
[TestClass]
public sealed class ChainTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Each_part_sees_the_output_of_those_before()
    {
        IDataView data = TransformData.Edge(_ml);
        TransformerChain<ITransformer> model = _ml.Transforms.CopyColumns("A", "P").Append(_ml.Transforms.CopyColumns("B", "A"))
            .Append((IEstimator<ITransformer>)_ml.Transforms.Concatenate("C", "A", "B")).Fit(data);
        Assert.HasCount(3, model);
        CollectionAssert.AreEqual(new float[] { 16, 16 }, model.Transform(data).GetColumn<float[]>("C").Last());
        Assert.AreEqual("Vector<Single, 2>", model.GetOutputSchema(data.Schema)["C"].Type.ToString());
        Assert.AreSame(model.Last(), model.LastTransformer);
    }

    [TestMethod]
    public void A_wrong_pipeline_is_refused_before_anything_is_fitted()
    {
        int fitted = 0;
        IDataView data = TransformData.Edge(_ml);
        IDataView counting = _ml.Transforms.CustomMapping<Row, Row>((_, _) => fitted++, contractName: null).Fit(data).Transform(data);
        var pipeline = _ml.Transforms.NormalizeMinMax("P").Append(_ml.Transforms.CopyColumns("A", "Nope"));
        Assert.AreEqual("Could not find input column 'Nope' (Parameter 'inputSchema')", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => pipeline.Fit(counting)).Message);
        Assert.AreEqual(0, fitted);
    }

    [TestMethod]
    public void A_cache_checkpoint_spares_the_parts_after_it_the_work_before_it()
    {
        IDataView data = TransformData.Edge(_ml);
        int Calls(bool cache)
        {
            int calls = 0;
            var start = _ml.Transforms.CustomMapping<Row, Doubled>((input, output) =>
            {
                Interlocked.Increment(ref calls);
                output.D = 2 * input.P;
            }, contractName: null);
            var pipeline = new EstimatorChain<ITransformer>().Append(start);
            pipeline = cache ? pipeline.AppendCacheCheckpoint(_ml) : pipeline;
            pipeline.Append(_ml.Transforms.NormalizeMinMax("D")).Append(_ml.Transforms.NormalizeMeanVariance("D")).Fit(data);
            return calls;
        }

        Assert.IsLessThan(Calls(cache: false), Calls(cache: true));
    }

    [TestMethod]
    public void What_is_for_training_only_is_left_out_unless_asked_for()
    {
        IDataView data = TransformData.Edge(_ml);
        TransformerChain<ITransformer> model = _ml.Transforms.CopyColumns("A", "P")
            .Append((IEstimator<ITransformer>)_ml.Transforms.CopyColumns("B", "P"), TransformerScope.Training).Fit(data);
        Assert.IsNull(model.Transform(data).Schema.GetColumnOrNull("B"));
        Assert.IsNotNull(model.Transform(data).Schema.GetColumnOrNull("A"));
        Assert.IsNotNull(model.Transform(data, TransformerScope.Training).Schema.GetColumnOrNull("B"));
        Assert.IsNull(model.GetOutputSchema(data.Schema).GetColumnOrNull("B"));
        Assert.HasCount(1, model.GetModelFor(TransformerScope.Scoring));
        Assert.HasCount(2, model.GetModelFor(TransformerScope.Training));
    }

    [TestMethod]
    public void A_column_made_anew_hides_the_old_one_and_stands_behind_it()
    {
        IDataView data = TransformData.Edge(_ml);
        DataViewSchema schema = _ml.Transforms.NormalizeMinMax("P").Fit(data).Transform(data).Schema;
        Assert.AreEqual("P, P, Neg", string.Join(", ", schema.Take(3).Select(column => column.Name)));
        Assert.IsTrue(schema[0].IsHidden);
        Assert.AreEqual(1, schema["P"].Index);
    }

    [TestMethod]
    public void A_cursor_computes_only_the_columns_asked_for()
    {
        int calls = 0;
        IDataView data = TransformData.Edge(_ml);
        IDataView output = _ml.Transforms.CustomMapping<Row, Doubled>((_, _) => calls++, contractName: null).Fit(data).Transform(data);
        Assert.HasCount(5, output.GetColumn<float>("P"));
        Assert.AreEqual(0, calls);
        Assert.HasCount(5, output.GetColumn<float>("D"));
        Assert.AreEqual(5, calls);
    }

    private sealed class Row
    {
        public float P { get; set; }
    }

    private sealed class Doubled
    {
        public float D { get; set; }
    }
}
