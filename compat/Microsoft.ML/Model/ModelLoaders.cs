using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Every kind of object a model file may hold: its signature, the newest version that can be read, and its loader.</summary>
internal static class ModelLoaders
{
    public static IReadOnlyDictionary<string, (int Version, Func<IHostEnvironment, ModelLoadContext, object> Load)> Table { get; } =
        new Dictionary<string, (int, Func<IHostEnvironment, ModelLoadContext, object>)>
        {
            [TransformerChain.Signature] = (1, TransformerChain.Load),
        };
}
