using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Data;

/// <summary>The columns that training reads, already checked by the schema of a built-in trainer.</summary>
internal sealed record TrainingColumns(LearningTask Task, DataViewSchema.Column Features, DataViewSchema.Column Label, DataViewSchema.Column? Weight)
{
    /// <summary>Values per example.</summary>
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>Classes of the label; 0 for regression.</summary>
    public int ClassCount => Task switch
    {
        LearningTask.Binary => 2,
        LearningTask.Multiclass => checked((int)((KeyDataViewType)Label.Type).Count),
        _ => 0,
    };

    /// <summary>Numbers that the network gives per example.</summary>
    public int OutputCount => Task == LearningTask.Multiclass ? ClassCount : 1;

    /// <summary>All columns, for a cursor.</summary>
    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [Features, Label, weight] : [Features, Label];

    /// <summary>Checks that a network of the other columns suits these.</summary>
    /// <exception cref="ArgumentException">The number of features or classes differs.</exception>
    public void RequireShapeOf(TrainingColumns other, string ours, string others)
    {
        Require(Features, FeatureCount, other.FeatureCount, "features");
        Require(Label, OutputCount, other.OutputCount, "classes");

        void Require(DataViewSchema.Column column, int found, int expected, string what)
        {
            if (found != expected)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' of {ours} has {found} {what}, that of {others} has {expected}: prepare both with the same fitted transformers.");
            }
        }
    }

    public static TrainingColumns Of(DataViewSchema schema, LearningTask task, TrainerOptions options) => new(
        task,
        schema[options.FeatureColumnName],
        schema[options.LabelColumnName],
        options.ExampleWeightColumnName is { } weight ? schema[weight] : null);
}
