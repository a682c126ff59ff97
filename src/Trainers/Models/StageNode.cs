namespace EE569.Trainers;

/// <summary>Writes a function of a row x to y.</summary>
internal delegate void StageMap(ReadOnlySpan<float> x, Span<float> y);

/// <summary>A function of each row in a network that predicts and is not trained.</summary>
internal sealed class StageNode(Node<float> x, StageMap map) : Node<float>(x.Width, x)
{
    public override void Forward()
    {
        for (int row = 0; row < Rows; row++)
        {
            map(Inputs[0].Value.Row(row), Value.Row(row));
        }
    }

    public override void Backward() => throw new NotSupportedException("A network made of stages predicts; it is not trained.");
}
