using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EE569.Engine.Training;

/// <summary>Whether all ranks are about to do the same training.</summary>
internal static class RankAgreement
{
    /// <summary>Options that may differ: they change no bit.</summary>
    private static readonly string[] Free = [nameof(TrainingOptions<float>.NumberOfThreads), nameof(TrainingOptions<float>.CheckpointInterval)];

    /// <exception cref="InvalidOperationException">A rank differs; the message names the first such rank and what it differs in.</exception>
    public static void Require<T>(ICommunicator ranks, Network<T> network, TrainingOptions<T> options, DataSource<T> train, DataSource<T>? validation, TrainingState<T>? resumeFrom)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, object?> own = new()
        {
            ["version of the library"] = typeof(RankAgreement).Assembly.GetName().Version + " " + typeof(RankAgreement).Module.ModuleVersionId,
            ["vector registers"] = $"{InstructionSets.WidestFor<T>()}, {Vector<byte>.Count} bytes",
        };
        foreach (PropertyInfo option in typeof(TrainingOptions<T>).GetProperties().Where(option => !Free.Contains(option.Name)))
        {
            object? value = option.GetValue(options);
            own.Add(option.Name, value switch
            {
                IConvertible or null => value,
                EarlyStopping or Optimizer<T> => value.ToString(),
                IReadOnlyList<double> list => string.Join(' ', list.Select(number => number.ToString("R", CultureInfo.InvariantCulture))),
                _ => null,
            });
        }

        foreach ((string name, object? value) in new (string, object?)[]
        {
            ("network", network.Graph.ToText().ReplaceLineEndings("; ")),
            ("training rows", train.Count),
            ("validation rows", validation?.Count),
            ("weights", Checksum(network.CopyParameters())),
            ("epochs done", resumeFrom?.Epoch),
            ("weights to go on from", resumeFrom is null ? null : Checksum(resumeFrom.Parameters)),
        })
        {
            own.Add(name, value);
        }

        string[] keys = [.. own.Keys];
        string[][] values = [.. ranks.AllGather(string.Join('\n', own.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))).Select(text => text.Split('\n'))];
        for (int rank = 1; rank < values.Length; rank++)
        {
            int key = values[rank].Length != keys.Length ? 0 : Array.FindIndex(keys, key => values[rank][Array.IndexOf(keys, key)] != values[0][Array.IndexOf(keys, key)]);
            if (key >= 0)
            {
                throw new InvalidOperationException(
                    $"Rank {rank} differs from rank 0 in {keys[key]}: {Said(values[rank][key])}, not {Said(values[0][key])}. All ranks need the same options, data and library.");
            }
        }
    }

    private static string Said(string value) => value.Length > 0 ? value : "none";

    private static string Checksum<T>(T[] values) where T : unmanaged
    {
        uint sum = 0;
        foreach (byte value in MemoryMarshal.AsBytes<T>(values))
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum.ToString("x8", CultureInfo.InvariantCulture);
    }
}
