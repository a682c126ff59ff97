using Spectre.Console;

namespace EE569.Experiments.Terminal;

/// <summary>Shows how a run comes along: bars with rate and time left on a terminal, a line per study otherwise.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work with a reporter that suits the screen.</summary>
    public static T Run<T>(Screen screen, bool quiet, Func<IProgressReporter, T> work)
    {
        if (quiet)
        {
            return work(new SilentProgress());
        }

        if (!screen.ErrorIsTerminal)
        {
            return work(new PlainProgress(screen.Error));
        }

        return screen.Progress.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(),
                new RemainingTimeColumn())
            .Start(display => work(new BarProgress(display)));
    }
}
