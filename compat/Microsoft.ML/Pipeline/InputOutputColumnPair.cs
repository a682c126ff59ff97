namespace Microsoft.ML;

public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string? inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }

    internal static void Save(InputOutputColumnPair[] pairs, ModelSaveContext ctx)
    {
        ctx.Writer.Write(pairs.Length);
        foreach (InputOutputColumnPair pair in pairs)
        {
            ctx.Writer.Write(pair.OutputColumnName);
            ctx.Writer.Write(pair.InputColumnName);
        }
    }

    internal static InputOutputColumnPair[] Load(ModelLoadContext ctx)
    {
        List<InputOutputColumnPair> pairs = [];
        for (int count = ctx.ReadCount(); count > 0; count--)
        {
            pairs.Add(new(ctx.Reader.ReadString(), ctx.Reader.ReadString()));
        }

        return [.. pairs];
    }
}
