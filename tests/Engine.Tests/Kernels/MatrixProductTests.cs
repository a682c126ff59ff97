using EE569.Engine.Kernels.Lanes;
using EE569.Engine.Kernels.Products;
using EE569.Engine.Parallel;

namespace EE569.Engine.Tests.Kernels;

/// <summary>
/// Every register width against naive loops in double. A width the processor lacks is emulated by the runtime, so all of them are
/// checked everywhere; <see cref="InstructionSwitchTests"/> also checks them as the widest.
/// </summary>
[TestClass]
public class MatrixProductTests
{
    private static readonly int[] _sizes = [0, 1, 2, 3, 5, 8, 13, 17, 33, 50];

    public static IEnumerable<object[]> InstructionSetCases => Enum.GetNames<InstructionSet>().Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(InstructionSetCases))]
    public void Products_of_all_small_shapes_equal_naive_loops(string instructions)
    {
        foreach (int rows in _sizes)
        {
            foreach (int inputs in _sizes)
            {
                foreach (int outputs in _sizes)
                {
                    new ProductCase<float>(new LayerShape(rows, inputs, outputs)).CheckAll(Parse(instructions), Workers.Single);
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(InstructionSetCases))]
    public void Products_in_double_equal_naive_loops(string instructions)
    {
        foreach ((int rows, int inputs, int outputs) in new[] { (1, 2, 10), (10, 2, 10), (3, 40, 5), (37, 29, 53), (70, 7, 1), (1, 65, 33), (64, 1, 64) })
        {
            new ProductCase<double>(new LayerShape(rows, inputs, outputs)).CheckAll(Parse(instructions), Workers.Single);
        }
    }

    [TestMethod]
    [DynamicData(nameof(InstructionSetCases))]
    public void Products_longer_than_a_block_equal_naive_loops(string instructions)
    {
        foreach ((int rows, int inputs, int outputs) in new[] { (9, 1500, 11), (1100, 6, 7), (5, 3, 2100), (300, 70, 100), (1, 3000, 3) })
        {
            new ProductCase<float>(new LayerShape(rows, inputs, outputs)).CheckAll(Parse(instructions), Workers.Single);
        }
    }

    [TestMethod]
    [DynamicData(nameof(InstructionSetCases))]
    public void Every_number_of_threads_gives_the_same_bits(string instructions)
    {
        foreach ((int rows, int inputs, int outputs) in new[] { (200, 131, 97), (64, 1030, 30), (16, 700, 300), (2, 800, 700), (700, 800, 1) })
        {
            var product = new ProductCase<float>(new LayerShape(rows, inputs, outputs));
            InstructionSet set = Parse(instructions);
            float[] y = product.Forward(set, Workers.Single);
            float[] dw = product.WeightGradient(set, Workers.Single);
            float[] dx = product.InputGradient(set, Workers.Single);
            foreach (int threads in new[] { 2, 3, 4 })
            {
                CollectionAssert.AreEqual(y, product.Forward(set, Workers.Of(threads)), $"Y, {threads} threads, {product.Shape}");
                CollectionAssert.AreEqual(dw, product.WeightGradient(set, Workers.Of(threads)), $"dW, {threads} threads, {product.Shape}");
                CollectionAssert.AreEqual(dx, product.InputGradient(set, Workers.Of(threads)), $"dX, {threads} threads, {product.Shape}");
            }
        }
    }

    [TestMethod]
    public void A_row_with_a_NaN_spoils_its_own_results_only()
    {
        foreach ((int rows, int inputs, int outputs) in new[] { (3, 2, 3), (3, 40, 50), (40, 40, 50), (40, 40, 3) })
        {
            var x = new float[rows * inputs];
            var w = new float[outputs * inputs];
            var y = new float[rows * outputs];
            Array.Fill(w, 1);
            x[(1 * inputs) + inputs - 1] = float.NaN;
            MatrixProduct.Forward(new LayerShape(rows, inputs, outputs), x, w, [], y, Workers.Single);
            for (int i = 0; i < y.Length; i++)
            {
                Assert.AreEqual(i / outputs == 1, float.IsNaN(y[i]), $"element {i} of {rows} x {outputs}");
            }
        }
    }

    [TestMethod]
    public void Bias_gradient_is_the_column_sums()
    {
        foreach (int outputs in new[] { 0, 1, 3, 16, 37 })
        {
            var dy = Enumerable.Range(0, 5 * outputs).Select(i => (float)i).ToArray();
            float[] expected = [.. Enumerable.Range(0, outputs).Select(o => Enumerable.Range(0, 5).Sum(r => dy[(r * outputs) + o]))];
            var db = new float[outputs];
            MatrixProduct.BiasGradient<float>(new LayerShape(5, 1, outputs), dy, db, Workers.Single);
            CollectionAssert.AreEqual(expected, db);
            MatrixProduct.BiasGradient<float>(new LayerShape(5, 1, outputs), dy, db, Workers.Single, accumulate: true);
            CollectionAssert.AreEqual(expected.Select(sum => 2 * sum).ToArray(), db);
        }
    }

    [TestMethod]
    public void A_matrix_of_the_wrong_size_is_named()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => MatrixProduct.Forward<float>(new LayerShape(2, 3, 4), new float[6], new float[11], [], new float[8], Workers.Single));
        Assert.AreEqual("w", error.ParamName);
        Assert.Contains("11 numbers where 4 x 3 are needed", error.Message);
    }

    [TestMethod]
    public void Products_allocate_nothing_after_the_first()
    {
        foreach ((int rows, int inputs, int outputs) in new[] { (1, 2, 10), (1, 300, 40), (100, 200, 90) })
        {
            var shape = new LayerShape(rows, inputs, outputs);
            float[] x = new float[rows * inputs], w = new float[outputs * inputs], y = new float[rows * outputs];
            Workers workers = Workers.Of(2);
            void Step()
            {
                MatrixProduct.Forward<float>(shape, x, w, [], y, workers);
                MatrixProduct.WeightGradient<float>(shape, y, x, w, workers);
                MatrixProduct.InputGradient<float>(shape, y, w, x, workers);
            }

            Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Step();
            Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread(), shape.ToString());
        }
    }

    private static InstructionSet Parse(string name) => Enum.Parse<InstructionSet>(name);
}
