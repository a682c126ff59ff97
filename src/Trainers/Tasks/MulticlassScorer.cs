using System.Numerics.Tensors;

namespace EE569.Trainers.Tasks;

/// <summary>Score: the probability of each class; PredictedLabel: the key of the likeliest, missing where the scores are.</summary>
internal sealed class MulticlassScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) : RowScorer(row, feature, model)
{
    public override Delegate Getter(string column) => column switch
    {
        OutputColumns.Score => (ValueGetter<VBuffer<float>>)Score,
        OutputColumns.PredictedLabel => (ValueGetter<uint>)PredictedLabel,
        _ => throw Unknown(column),
    };

    private void Score(ref VBuffer<float> value)
    {
        Update();
        var editor = VBufferEditor.Create(ref value, Scores.Length);
        Scores.CopyTo(editor.Values);
        value = editor.Commit();
    }

    private void PredictedLabel(ref uint value)
    {
        Update();
        value = float.IsNaN(Scores[0]) ? 0 : (uint)TensorPrimitives.IndexOfMax(Scores) + 1;
    }
}
