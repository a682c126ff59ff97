namespace EE569.Trainers.Reading;

/// <summary>The columns that training reads, already checked by the schema of a built-in trainer.</summary>
internal sealed record TrainingColumns(LearningTask Task, DataViewSchema.Column Features, DataViewSchema.Column Label, DataViewSchema.Column? Weight)
{
    /// <summary>Values per example.</summary>
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>Classes that are told apart; 0 for regression.</summary>
    public int ClassCount { get; private init; } = Task.ClassCount(Label);

    /// <summary>What the keys of the label stand for; null where they have no values, or where the label is no key.</summary>
    public string[]? ClassNames { get; } = Task.ClassNames(Label);

    /// <summary>The class of each key; null where it is the key itself.</summary>
    public int[]? ClassMap { get; private init; }

    /// <summary>Numbers that the network gives per example.</summary>
    public int OutputCount => Task.OutputCount(ClassCount);

    /// <summary>The names of the features; null where they have none.</summary>
    public string[]? SlotNames
    {
        get
        {
            if (!Features.HasSlotNames())
            {
                return null;
            }

            VBuffer<ReadOnlyMemory<char>> names = default;
            Features.GetSlotNames(ref names);
            return [.. names.DenseValues().Select(name => name.ToString())];
        }
    }

    /// <summary>The features that are levels of categories, as ML.NET's encoders mark them: the first and the number of each.</summary>
    public IReadOnlyList<(int First, int Count)> Categories
    {
        get
        {
            const string Kind = "CategoricalSlotRanges"; // AnnotationUtils.Kinds, which is internal: the first and last slot of each
            if (Features.Annotations.Schema.GetColumnOrNull(Kind)?.Type is not VectorDataViewType { ItemType: NumberDataViewType } type || type.ItemType.RawType != typeof(int))
            {
                return [];
            }

            VBuffer<int> ranges = default;
            Features.Annotations.GetValue(Kind, ref ranges);
            return [.. ranges.DenseValues().Chunk(2).Where(range => range is [>= 0, var last] && last < FeatureCount).Select(range => (range[0], range[1] - range[0] + 1))];
        }
    }

    /// <summary>All columns, for a cursor.</summary>
    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [Features, Label, weight] : [Features, Label];

    /// <summary>These columns read in the classes of others, for a network of the others: features must be the same, classes are the same where their names are.</summary>
    /// <param name="other">The others.</param>
    /// <param name="ours">Where these are, for a message.</param>
    /// <param name="others">Where the others are.</param>
    /// <exception cref="ArgumentException">The number or the names of the features differ, or a class is not one of the others'.</exception>
    public TrainingColumns InClassesOf(TrainingColumns other, string ours, string others)
    {
        Require(Features, FeatureCount, other.FeatureCount, "features");
        if (SlotNames is { } names && other.SlotNames is { } otherNames && names.Zip(otherNames).ToList().FindIndex(slot => slot.First != slot.Second) is >= 0 and var at)
        {
            throw new ArgumentException(
                $"Feature {at} of column '{Features.Name}' of {ours} is '{names[at]}', that of {others} '{otherNames[at]}': prepare both with the same fitted transformers.");
        }

        if (Task != LearningTask.Multiclass)
        {
            return this;
        }

        int[]? map = Internals.ClassNames.Map(ClassNames, other.ClassNames, $"Column '{Label.Name}' of {ours}", $"that of {others}");
        Require(Label, map is null ? ClassCount : other.ClassCount, other.ClassCount, "classes");
        return this with { ClassMap = map, ClassCount = other.ClassCount };

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
