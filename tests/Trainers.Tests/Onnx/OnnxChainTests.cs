using EE569.Trainers.Tests.Support;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>An exported pipeline gives the pipeline's predictions, or is refused: nothing is dropped without a word.</summary>
[TestClass]
public class OnnxChainTests
{
    private const int Chains = 60;

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Random_pipelines_give_the_pipelines_predictions_or_are_refused(string trainer)
    {
        int exported = 0, refused = 0;
        for (int seed = 0; seed < Chains; seed++)
        {
            var chain = new OnnxChain(trainer, seed);
            if (seed % 2 == 1)
            {
                chain.SaveAndLoad();
            }

            try
            {
                using var file = OnnxFile.Of(chain.Model);
                OnnxCompare.AreEqual(file, chain.Inputs, chain.Scored);
                exported++;
            }
            catch (InvalidOperationException error) when (error.Message.Contains("ONNX", StringComparison.Ordinal))
            {
                StringAssert.Contains(error.Message, "includeNormalizer: false");
                using var alone = OnnxFile.Of(chain.Model, includeNormalizer: false);
                refused++;
            }
            catch (Exception error)
            {
                throw new AssertFailedException($"Chain {seed}:{chain.Steps}: {error}", error);
            }
        }

        Console.WriteLine($"{exported} exported, {refused} refused");
        Assert.IsGreaterThan(Chains / 4, exported);
        Assert.IsGreaterThan(Chains / 4, refused);
    }
}
