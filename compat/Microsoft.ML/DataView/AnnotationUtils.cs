namespace Microsoft.ML.Data;

/// <summary>The names of ML.NET's annotations, and builders for the common ones.</summary>
internal static class AnnotationUtils
{
    public static class Kinds
    {
        public const string SlotNames = nameof(SlotNames);
        public const string KeyValues = nameof(KeyValues);
        public const string IsNormalized = nameof(IsNormalized);
        public const string CategoricalSlotRanges = nameof(CategoricalSlotRanges);
        public const string ScoreColumnSetId = nameof(ScoreColumnSetId);
        public const string ScoreColumnKind = nameof(ScoreColumnKind);
        public const string ScoreValueKind = nameof(ScoreValueKind);
        public const string TrainingLabelValues = nameof(TrainingLabelValues);
    }

    public static class Const
    {
        public static class ScoreColumnKind
        {
            public const string BinaryClassification = nameof(BinaryClassification);
            public const string MulticlassClassification = nameof(MulticlassClassification);
            public const string Regression = nameof(Regression);
        }

        public static class ScoreValueKind
        {
            public const string Score = nameof(Score);
            public const string Probability = nameof(Probability);
            public const string PredictedLabel = nameof(PredictedLabel);
        }
    }

    /// <summary>The type of <see cref="Kinds.ScoreColumnSetId"/>.</summary>
    public static KeyDataViewType ScoreColumnSetIdType { get; } = new(typeof(uint), int.MaxValue);

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
        builder.Add(Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);

    public static void AddKeyValues<TValue>(this DataViewSchema.Annotations.Builder builder, int size, PrimitiveDataViewType itemType, ValueGetter<VBuffer<TValue>> getter) =>
        builder.Add(Kinds.KeyValues, new VectorDataViewType(itemType, size), getter);

    public static void AddIsNormalized(this DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(Kinds.IsNormalized, BooleanDataViewType.Instance, true);

    public static void AddText(this DataViewSchema.Annotations.Builder builder, string kind, string value) =>
        builder.AddPrimitiveValue(kind, TextDataViewType.Instance, value.AsMemory());

    /// <summary>Whether the column carries slot names for exactly <paramref name="size"/> slots.</summary>
    public static bool HasSlotNames(this DataViewSchema.Column column, int size) =>
        size > 0 && column.Annotations.Schema.GetColumnOrNull(Kinds.SlotNames)?.Type is VectorDataViewType type
        && type.Size == size && type.ItemType is TextDataViewType;

    /// <summary>The highest score set id in the schema; a new scorer takes the next one.</summary>
    public static uint GetMaxAnnotationKind(this DataViewSchema schema, string kind = Kinds.ScoreColumnSetId)
    {
        uint maximum = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type.RawType == typeof(uint))
            {
                uint value = 0;
                column.Annotations.GetValue(kind, ref value);
                maximum = Math.Max(maximum, value);
            }
        }

        return maximum;
    }
}
