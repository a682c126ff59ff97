using EE569.Experiments.Terminal;

namespace EE569.Experiments.Tests.Terminal;

/// <summary>Progress on a terminal, in a redirected stream, and none for JSON.</summary>
[TestClass]
public sealed class ProgressDisplayTests
{
    [TestMethod]
    [DataRow(true, false, null, DisplayName = "bars, which a writer that is no terminal does not draw: names with brackets must not be taken for markup")]
    [DataRow(false, false, "cells [all]: 2 MB in 1.0 s, 1 taken from the stopped run", DisplayName = "redirected")]
    [DataRow(true, true, "", DisplayName = "JSON")]
    public void The_work_runs_and_its_result_comes_back(bool terminal, bool quiet, string? shown)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        int result = ProgressDisplay.Run(new Screen(output, error, outputIsTerminal: terminal, errorIsTerminal: terminal), quiet, progress =>
        {
            progress.Begin("cells [all]", 2, "MB");
            progress.CellDone("cells [all]", "first [1]", resumed: true);
            progress.Note("cells [all]", "loss [0.5]");
            progress.Advance("cells [all]", 1);
            progress.End("cells [all]", TimeSpan.FromSeconds(1));
            return 42;
        });

        Assert.AreEqual(42, result);
        Assert.AreEqual("", output.ToString());
        Assert.AreEqual(shown ?? error.ToString().Trim(), error.ToString().Trim());
    }
}
