using System.Diagnostics;
using EE569.Engine.Kernels.Lanes;

namespace EE569.Engine.Tests.Kernels;

/// <summary>Runs the tests of the kernels again in processes whose runtime believes that the processor can do less.</summary>
[TestClass]
public class InstructionSwitchTests
{
    private const string Tests = "FullyQualifiedName~MatrixProductTests|FullyQualifiedName~AccuracyTests|Name~The_widest_registers";
    private const string Expected = "EE569_EXPECTED_INSTRUCTIONS";

    [TestMethod]
    [DataRow("DOTNET_EnableAVX512", InstructionSet.Vector256)]
    [DataRow("DOTNET_EnableAVX2", InstructionSet.Vector128)]
    [DataRow("DOTNET_EnableHWIntrinsic", InstructionSet.Scalar)]
    [Timeout(300_000)]
    public void Kernels_pass_their_tests_without(string switchName, object widest)
    {
        if (Environment.GetEnvironmentVariable(Expected) is not null)
        {
            return; // This is the process that such a test started.
        }

        if (InstructionSets.Widest < (InstructionSet)widest)
        {
            Assert.Inconclusive($"{switchName}: this processor offers {InstructionSets.Widest} only.");
        }

        var start = new ProcessStartInfo("dotnet", ["test", typeof(InstructionSwitchTests).Assembly.Location, "--filter", Tests]);
        start.Environment[switchName] = "0";
        start.Environment[Expected] = widest.ToString();
        (int exitCode, string output, string error) = ChildProcess.Finish(ChildProcess.Launch(start));
        Assert.AreEqual(0, exitCode, output + error);
        Assert.Contains("Passed!", output);
    }

    [TestMethod]
    public void The_widest_registers_are_those_that_the_switches_leave()
    {
        if (Environment.GetEnvironmentVariable(Expected) is { } expected)
        {
            Assert.AreEqual(expected, InstructionSets.Widest.ToString());
        }
        else
        {
            Assert.IsTrue(InstructionSets.Widest == InstructionSet.Scalar || System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated);
        }
    }
}
