using Microsoft.ML.Data;
using static Microsoft.ML.Data.AnnotationUtils;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers;

/// <summary>What a task means for the label column and for the columns a trainer's models will add.</summary>
internal abstract class LearningTask
{
    public static readonly LearningTask Binary = new BinaryTask();
    public static readonly LearningTask Multiclass = new MulticlassTask();
    public static readonly LearningTask Regression = new RegressionTask();

    public abstract SchemaShape.Column LabelColumn(string name);

    public abstract IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input, string label, bool calibrated);

    private protected static SchemaShape.Column ScoreColumn(string name, VectorKind kind, DataViewType type, bool isKey, IEnumerable<SchemaShape.Column> first, params IEnumerable<SchemaShape.Column> last) =>
        new(name, kind, type, isKey, new SchemaShape(
        [
            .. first,
            new(Kinds.ScoreColumnSetId, VectorKind.Scalar, NumberDataViewType.UInt32, true),
            new(Kinds.ScoreColumnKind, VectorKind.Scalar, TextDataViewType.Instance, false),
            new(Kinds.ScoreValueKind, VectorKind.Scalar, TextDataViewType.Instance, false),
            .. last,
        ]));

    private sealed class BinaryTask : LearningTask
    {
        public override SchemaShape.Column LabelColumn(string name) => new(name, VectorKind.Scalar, BooleanDataViewType.Instance, false);

        public override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input, string label, bool calibrated)
        {
            yield return ScoreColumn(DefaultColumnNames.Score, VectorKind.Scalar, NumberDataViewType.Single, false, []);
            if (calibrated)
            {
                yield return ScoreColumn(DefaultColumnNames.Probability, VectorKind.Scalar, NumberDataViewType.Single, false, [],
                    new SchemaShape.Column(Kinds.IsNormalized, VectorKind.Scalar, BooleanDataViewType.Instance, false));
            }
            yield return ScoreColumn(DefaultColumnNames.PredictedLabel, VectorKind.Scalar, BooleanDataViewType.Instance, false, []);
        }
    }

    private sealed class MulticlassTask : LearningTask
    {
        public override SchemaShape.Column LabelColumn(string name) => new(name, VectorKind.Scalar, NumberDataViewType.UInt32, true);

        public override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input, string label, bool calibrated)
        {
            bool named = input.TryFindColumn(label, out SchemaShape.Column column) & column.Annotations.TryFindColumn(Kinds.KeyValues, out SchemaShape.Column values);
            SchemaShape.Column[] names = !named ? []
                : values.ItemType is TextDataViewType ? [values.Renamed(Kinds.SlotNames), values.Renamed(Kinds.TrainingLabelValues)]
                : [values.Renamed(Kinds.TrainingLabelValues)];
            yield return ScoreColumn(DefaultColumnNames.Score, VectorKind.Vector, NumberDataViewType.Single, false, names);
            yield return ScoreColumn(DefaultColumnNames.PredictedLabel, VectorKind.Scalar, NumberDataViewType.UInt32, true, named ? [values] : []);
        }
    }

    private sealed class RegressionTask : LearningTask
    {
        public override SchemaShape.Column LabelColumn(string name) => new(name, VectorKind.Scalar, NumberDataViewType.Single, false);

        public override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input, string label, bool calibrated) =>
            [ScoreColumn(DefaultColumnNames.Score, VectorKind.Scalar, NumberDataViewType.Single, false, [])];
    }
}
