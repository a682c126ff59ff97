using EE569.Engine.Activations;
using EE569.Trainers.Saving;
using EE569.Trainers.Tests.Onnx;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Architectures;

/// <summary>The stages that embeddings and parametric activations are made of: waves beside x, clipped pieces, x beside f(x).</summary>
[TestClass]
public class StageTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Waves_pieces_and_parametric_activations_are_saved_read_back_and_exported()
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        var features = new Stage.Features(2);
        var waves = new Stage.Dense(features, Layer(2, [3, 0, 0, 4, 2, 1], [0.5f, -1, 0.25f]), StageFunction.Cosine);
        var pieces = new Stage.Dense(features, Layer(2, [1, 0, 0, 0.5f], [0.5f, 0.5f]), StageFunction.Clip);
        var embedded = new Stage.Concatenation(waves, features, pieces);
        var affine = new Stage.Dense(embedded, Layer(7, [.. Enumerable.Range(0, 14).Select(i => MathF.Sin(i))], [0.1f, 0.2f]));
        var form = new NetworkForm(new Stage.Concatenation(affine, new Stage.Elementwise(affine, StageFunction.Of(Activation.SELU))), Layer(4, [1, -2, 0.5f, 3], [0.75f]));

        var chain = BuiltInChain.Create(_ml, form, data.Schema, "Features", (layer, schema, column) => Tasks.LearningTask.Regression.CreateTop(_ml, layer, schema, column, "Label"));
        var model = new MlpRegressionTransformer(new MlpRegressionModelParameters(form), "Features", chain, report: null);

        float[] expected = [.. rows.Select(x => Expected(x[0], x[1]))];
        AreClose(expected, model);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = _ml.Model.Load(folder.File("model.zip"), out _);
        AreClose(expected, loaded);
        AreClose(expected, MlpRegressionTransformer.FromLoaded(loaded));
        using var file = OnnxFile.Of(loaded);
        OnnxCompare.AreEqual(file, rows, model.Transform(data));

        void AreClose(float[] scores, ITransformer scorer)
        {
            float[] actual = TrainerCase.Scores(scorer.Transform(data));
            Assert.HasCount(scores.Length, actual);
            for (int i = 0; i < scores.Length; i++)
            {
                Assert.AreEqual(scores[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(scores[i])), $"{i}");
            }
        }
    }

    private static float Expected(float a, float b)
    {
        double[] embedded =
        [
            Math.Cos((3 * a) + 0.5), Math.Cos((4 * b) - 1), Math.Cos((2 * a) + b + 0.25), a, b, Math.Clamp(a + 0.5, 0, 1), Math.Clamp((0.5 * b) + 0.5, 0, 1),
        ];
        double Affine(int unit, double bias) => bias + embedded.Select((x, i) => x * Math.Sin((unit * 7) + i)).Sum();
        static double Selu(double x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1));
        var (y, z) = (Affine(0, 0.1), Affine(1, 0.2));
        return (float)(y - (2 * z) + (0.5 * Selu(y)) + (3 * Selu(z)) + 0.75);
    }

    private static DenseLayer Layer(int inputs, float[] weights, float[] biases) => new(inputs, biases.Length, weights, biases, Activation.Identity);
}
