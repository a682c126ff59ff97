using System.Diagnostics;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Models;

/// <summary>Shows how many rows are predicted while they are read.</summary>
internal sealed class RowProgress(IProgressReporter progress, long rows)
{
    private const string Predicting = "predicting";

    private const int Step = 1000;

    public IEnumerable<T> Count<T>(IEnumerable<T> values)
    {
        progress.Begin(Predicting, rows, "rows");
        var clock = Stopwatch.StartNew();
        int count = 0;
        foreach (T value in values)
        {
            if (++count % Step == 0)
            {
                progress.Advance(Predicting, Step);
            }

            yield return value;
        }

        progress.End(Predicting, clock.Elapsed);
    }
}
