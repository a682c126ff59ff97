using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Data;

/// <summary>What training holds in memory: the non-zeros of sparse rows, and of a stream no more than its pool.</summary>
[TestClass]
[DoNotParallelize]
public class MemoryTests
{
    private const int Columns = 100_000;
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(TrainerCase.Logistic)]
    [DataRow(TrainerCase.LogisticMlp)]
    public void Sparse_rows_cost_what_their_non_zeros_cost(string trainer)
    {
        const int Rows = 4000;
        const int NonZeros = 100; // 0.1 % of the columns
        AllocatedBytes(trainer, Rows);
        long few = AllocatedBytes(trainer, Rows);
        long many = AllocatedBytes(trainer, 2 * Rows);
        // 8 bytes a non-zero; lists that double as they grow, and for a network the sorted columns, the prepared rows and the parts that train and validate, take a few times that.
        // Dense rows would be 400,000 bytes each.
        Assert.IsLessThan((trainer == TrainerCase.Logistic ? 6 : 12) * 8 * Rows * NonZeros, many - few);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Streamed_rows_keep_memory_flat(bool isSparse)
    {
        long few = LiveBytes(20_000, isSparse);
        long many = LiveBytes(200_000, isSparse); // held in memory, they would take 36 MB more, or 9 MB as non-zeros
        Assert.IsLessThan(2_000_000, many - few);
    }

    /// <summary>Bytes allocated by a training on rows that exist already.</summary>
    private long AllocatedBytes(string trainer, int rows)
    {
        var definition = SchemaDefinition.Create(typeof(SparseRow));
        definition[nameof(SparseRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(SparseRow.Create).ToArray(), definition);
        var estimator = TrainerCase.Create(_ml, trainer, options => options.NumberOfEpochs = 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        estimator.Fit(data);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The most bytes alive after an epoch over a stream of rows of 50 features, made as they are read.</summary>
    private long LiveBytes(int rows, bool isSparse)
    {
        long most = 0;
        var values = Enumerable.Repeat(1f, 5).ToArray();
        int[][] indices = [.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 5).Select(k => (10 * k) + i).ToArray())];
        var definition = SchemaDefinition.Create(typeof(SparseRow));
        definition[nameof(SparseRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 50);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(Row), definition);
        TrainerCase.Create(_ml, TrainerCase.Logistic, options =>
        {
            options.MaximumRowsInMemory = 1_000;
            options.BatchSize = 1_000;
            options.NumberOfEpochs = 2;
            options.EpochCallback = _ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }).Fit(data);
        return most;

        SparseRow Row(int i) => new()
        {
            Label = i % 2 == 0,
            Features = isSparse ? new VBuffer<float>(50, 5, values, indices[i % 10]) : new VBuffer<float>(50, [.. Enumerable.Range(0, 50).Select(k => (float)((i + k) % 3))]),
        };
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        public static SparseRow Create(int i)
        {
            int[] indices = [.. Enumerable.Range(0, 100).Select(k => (k * 1000) + (((i * 7) + k) % 1000))];
            return new SparseRow { Label = i % 2 == 1, Features = new VBuffer<float>(Columns, 100, [.. Enumerable.Repeat(1f, 100)], indices) };
        }
    }
}
