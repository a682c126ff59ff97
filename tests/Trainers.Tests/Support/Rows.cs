using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Support;

internal sealed class BinaryRow
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public float Weight { get; set; } = 1;
}

internal sealed class ClassRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public float Weight { get; set; } = 1;
}

internal sealed class KeyRow
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    [KeyType(3)]
    public uint Label { get; set; }
}

internal sealed class NumberRow
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public float Weight { get; set; } = 1;
}

internal sealed class BinaryResult
{
    public float Score { get; set; }

    public float Probability { get; set; }

    public bool PredictedLabel { get; set; }
}

internal sealed class ClassResult
{
    public float[] Score { get; set; } = [];

    public uint PredictedLabel { get; set; }
}

internal sealed class NumberResult
{
    public float Score { get; set; }
}
