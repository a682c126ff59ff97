using System.Globalization;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>
/// Runs a case for many seeds. A case passes when it ends in time, with no exception or one it expects. EE569_FUZZ_FACTOR=10 runs ten times
/// as many; the message of a failure names its seed, and EE569_FUZZ_SEED=seed runs that one alone.
/// </summary>
internal static class Fuzzer
{
    private static readonly TimeSpan timeLimit = TimeSpan.FromSeconds(60);

    /// <param name="cases">Number of seeds, from 1.</param>
    /// <param name="run">One case.</param>
    /// <param name="isNamedError">Which exceptions a user may see; none when left out.</param>
    /// <remarks>Some cases must end well, and where errors are expected some must end in one: else the test tries nothing.</remarks>
    public static void Run(int cases, Action<Mutator> run, Func<Exception, bool>? isNamedError = null)
    {
        int[] seeds = Environment.GetEnvironmentVariable("EE569_FUZZ_SEED") is { Length: > 0 } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)]
            : [.. Enumerable.Range(1, Times(cases))];
        ILookup<bool, int> endedWell = seeds.ToLookup(number => RunCase(number, run, isNamedError ?? (_ => false)));
        Console.WriteLine($"{endedWell[true].Count()} cases ended well, {endedWell[false].Count()} in a named error.");
        Assert.IsTrue(seeds.Length == 1 || endedWell.Count == (isNamedError is null ? 1 : 2), "The cases are too much alike.");
    }

    /// <summary>How often something random is tried: as many times as EE569_FUZZ_FACTOR says.</summary>
    public static int Times(int tries) => tries * int.Parse(Environment.GetEnvironmentVariable("EE569_FUZZ_FACTOR") ?? "1", CultureInfo.InvariantCulture);

    private static bool RunCase(int seed, Action<Mutator> run, Func<Exception, bool> isNamedError)
    {
        var task = Task.Run(() => run(new Mutator(seed)));
        try
        {
            Assert.IsTrue(task.Wait(timeLimit), $"Case {seed} hangs.");
            return true;
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            Assert.IsTrue(isNamedError(cause), $"Case {seed}: {cause}");
            Assert.IsFalse(string.IsNullOrWhiteSpace(cause.Message), $"Case {seed}: the error says nothing.");
            return false;
        }
    }
}
