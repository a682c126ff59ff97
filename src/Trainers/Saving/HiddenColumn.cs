namespace EE569.Trainers.Saving;

/// <summary>
/// The columns between the layers of a saved network. A name carries the layer's activation, so that a loaded chain can be read back.
/// </summary>
internal static class HiddenColumn
{
    private const string Prefix = "EE569.Hidden";

    public static string Name(int layer, Activation activation) => $"{Prefix}{layer}.{activation}";

    /// <summary>The label that the scorer of a layer's affine part adds without being asked.</summary>
    public static string Largest(string hidden) => hidden + ".Largest";

    /// <summary>The activation that a column's name carries; null for a column that is none of ours.</summary>
    public static Activation? ActivationOf(string column) =>
        column.StartsWith(Prefix, StringComparison.Ordinal) && Enum.TryParse(column[(column.LastIndexOf('.') + 1)..], out Activation activation) ? activation : null;

    /// <summary>The activation in the language of ML.NET's Expression transform.</summary>
    public static string Expression(Activation activation) => activation switch
    {
        Activation.Sigmoid => "x => 1 / (1 + exp(-x))",
        Activation.Tanh => "x => tanh(x)",
        Activation.ReLU => "x => max(x, 0)",
        Activation.LeakyReLU => "x => x > 0 ? x : 0.01f * x",
        Activation.SELU => "x => x > 0 ? 1.0507009873554805f * x : 1.7580993408473766f * (exp(x) - 1)",
        Activation.GELU => Gelu,
        Activation.Mish => Mish,
        _ => "x => x",
    };

    // x tanh(log(1 + exp(x))) in exp(-|x|), which overflows nowhere.
    private const string Mish =
        "x => x * (x > 0 ? (1 + 2 * exp(-x)) / (1 + 2 * exp(-x) * (1 + exp(-x))) : exp(x) * (2 + exp(x)) / (2 + exp(x) * (2 + exp(x))))";

    // The language has no erf: Abramowitz and Stegun 7.1.26, whose error is below 1.5e-7, on |x| / sqrt 2.
    // x Phi(x) = max(x, 0) - |x| Phi(-|x|), and Phi(-|x|) = exp(-x^2/2) t (a1 + t (a2 + ...)) / 2 with t = 1 / (1 + p |x| / sqrt 2).
    private const string T = "(1 / (1 + 0.23164189f * abs(x)))";
    private const string Gelu =
        $"x => max(x, 0) - abs(x) * 0.5f * exp(-0.5f * x * x) * {T} * (0.254829592f + {T} * (-0.284496736f + {T} * (1.421413741f + {T} * (-1.453152027f + {T} * 1.061405429f))))";
}
