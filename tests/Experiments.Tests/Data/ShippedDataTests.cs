using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Data;

[TestClass]
public sealed class ShippedDataTests
{
    [TestMethod]
    [DataRow("iris.csv", 150, 4, 3)]
    [DataRow("wine.csv", 178, 13, 3)]
    [DataRow("breast_cancer.csv", 569, 30, 2)]
    [DataRow("digits.csv", 1797, 64, 10)]
    [DataRow("gaussians.csv", 1400, 2, 2)]
    [DataRow("circles.csv", 400, 2, 2)]
    public void Every_data_set_has_the_size_its_readme_states(string file, int rows, int features, int classes)
    {
        Examples examples = LabeledCsv.ReadShipped(file);

        Assert.AreEqual(rows, examples.Count);
        Assert.AreEqual(features, examples.Features.Columns);
        Assert.HasCount(classes, examples.Classes);
    }

    [TestMethod]
    public void Circles_csv_is_what_the_recorded_seeds_draw()
    {
        Examples shipped = LabeledCsv.ReadShipped("circles.csv");
        Examples train = Circles.Draw(perClass: 100, Circles.ShippedSeed), test = Circles.Draw(perClass: 100, Circles.ShippedSeed + 1);

        CollectionAssert.AreEqual(shipped.Labels, train.Labels.Concat(test.Labels).ToArray());
        for (int row = 0; row < shipped.Count; row++)
        {
            Examples drawn = row < 200 ? train : test;
            Assert.AreEqual(drawn.Features[row % 200, 0], shipped.Features[row, 0], 1e-6f);
            Assert.AreEqual(drawn.Features[row % 200, 1], shipped.Features[row, 1], 1e-6f);
        }
    }

    [TestMethod]
    public void The_best_border_of_the_circles_is_right_for_93_to_98_percent()
    {
        Examples shipped = LabeledCsv.ReadShipped("circles.csv");
        int right = Enumerable.Range(0, shipped.Count).Count(row => (Math.Sqrt((shipped.Features[row, 0] * shipped.Features[row, 0]) + (shipped.Features[row, 1] * shipped.Features[row, 1])) > 0.75) == (shipped.Labels[row] == 1));

        Assert.IsInRange(0.93, 0.98, (double)right / shipped.Count);
    }

    [TestMethod]
    public void Drawn_gaussians_have_the_means_and_variances_asked_for()
    {
        Examples drawn = GaussianClouds.OfSource.Draw(perClass: 20_000, seed: 5);
        double[] first = [.. Enumerable.Range(0, 20_000).Select(row => (double)drawn.Features[row, 0])];

        Assert.AreEqual(3, first.Average(), 0.06);
        Assert.AreEqual(6, first.Select(x => (x - first.Average()) * (x - first.Average())).Average(), 0.2);
        Assert.AreEqual(3, Enumerable.Range(20_000, 20_000).Average(row => drawn.Features[row, 1]), 0.08);
    }

    [TestMethod]
    public void Standardised_features_have_mean_0_and_deviation_1_and_constants_become_0()
    {
        Examples digits = LabeledCsv.ReadShipped("digits.csv");
        Examples scaled = new Standardizer(digits.Features).Apply(digits);
        double[] pixel = [.. Enumerable.Range(0, digits.Count).Select(row => (double)scaled.Features[row, 20])];

        Assert.AreEqual(0, pixel.Average(), 1e-5);
        Assert.AreEqual(1, pixel.Select(value => value * value).Average(), 1e-4);
        Assert.IsTrue(Enumerable.Range(0, digits.Count).All(row => scaled.Features[row, 0] == 0), "pixel 0 is blank in every image");
    }
}
