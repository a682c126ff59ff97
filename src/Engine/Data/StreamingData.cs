using System.Numerics;
using EE569.Engine.Nodes;

namespace EE569.Engine.Data;

/// <summary>
/// Examples that are read anew in every epoch and never held as a whole. A random order comes from a bounded pool: each row leaves it from
/// a random place, which the next row of the stream takes.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StreamingData<T> : DataSource<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<IRowReader<T>> open;
    private readonly int shufflePoolSize;
    private readonly bool isSparse;
    private readonly int targetValues;
    private readonly int idColumns;
    private long? count;

    /// <summary>Creates a source.</summary>
    /// <param name="features">Number of features.</param>
    /// <param name="open">Opens the stream at its beginning; called once for each epoch.</param>
    /// <param name="shufflePoolSize">Rows in the pool of a shuffled epoch, from 1 (which keeps the order).</param>
    /// <param name="count">Number of rows if known, for schedules that count steps; learnt after the first epoch otherwise.</param>
    /// <param name="isSparse">Whether rows are kept as their non-zero features.</param>
    /// <param name="targetValues">Number of target values of a row, or 0 when the targets are classes.</param>
    /// <param name="idColumns">Number of ids of a row beside its features, or 0.</param>
    public StreamingData(
        int features,
        Func<IRowReader<T>> open,
        int shufflePoolSize = 10_000,
        long? count = null,
        bool isSparse = false,
        int targetValues = 0,
        int idColumns = 0)
        : base(features)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        ArgumentOutOfRangeException.ThrowIfNegative(targetValues);
        ArgumentOutOfRangeException.ThrowIfNegative(idColumns);
        (this.open, this.shufflePoolSize, this.count) = (open, shufflePoolSize, count);
        (this.isSparse, this.targetValues, this.idColumns) = (isSparse, targetValues, idColumns);
    }

    /// <inheritdoc/>
    public override long? Count => count;

    /// <inheritdoc/>
    public override int IdColumns => idColumns;

    internal override bool IsSparse => isSparse;

    internal override BatchReader<T> CreateReader(int batchSize, Network<T> network) => new Reader(this, batchSize, network);

    private protected override void CheckRows(Network<T> network)
    {
        Loss<T> loss = network.Loss;
        if (targetValues != loss.Scores.Width && (targetValues > 0 || loss.ClassCount == 0))
        {
            throw new ArgumentException(
                $"The stream gives {(targetValues == 0 ? "labels" : $"{targetValues} target values")}, the loss needs {loss.Scores.Width} target values.");
        }
    }

    private sealed class Reader : BatchReader<T>
    {
        private readonly StreamingData<T> source;
        private readonly Network<T> network;
        private readonly int batchSize;
        private readonly List<StreamedRow<T>> pool = [];
        private IRowReader<T>? stream;
        private SplitMix64? random;
        private int pooled;
        private long rowsRead;

        // A batch may be larger than the stream: its buffers grow with the rows that come.
        public Reader(StreamingData<T> source, int batchSize, Network<T> network)
        {
            (this.source, this.network, this.batchSize) = (source, network, batchSize);
            BatchPart<T> features = source.isSparse
                ? new SparsePart<T>(CsrMatrix<T>.CreateBuffer(source.Features))
                : new DensePart<T>(new Matrix<T>(0, source.Features));
            Current = new Batch<T>(
                source.idColumns == 0 ? [features] : [features, new IdPart<T>(new Matrix<int>(0, source.idColumns))],
                Targets<T>.CreateBuffer(0, source.targetValues > 0 ? source.targetValues : null, hasWeights: true));
        }

        public override Batch<T> Current { get; }

        public override long Bytes => Current.Targets.Bytes + Current.Parts.Sum(part => part.Bytes) + pool.Sum(row => row.Bytes);

        public override void Start(SplitMix64? shuffle)
        {
            stream?.Dispose();
            stream = source.open();
            random = shuffle;
            (pooled, rowsRead) = (0, 0);
            int poolSize = shuffle is null ? 1 : source.shufflePoolSize;
            while (pooled < poolSize && Fill(pooled))
            {
                pooled++;
            }

            if (pooled == 0)
            {
                throw new InvalidDataException("The stream has no row.");
            }
        }

        public override bool MoveNext()
        {
            int rows = 0;
            Current.Targets.SetRows(0);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Clear();
            }

            for (; rows < batchSize && pooled > 0; rows++)
            {
                Emit();
            }

            if (rows == 0)
            {
                source.count = rowsRead;
            }

            return rows > 0;
        }

        public override void Dispose() => stream?.Dispose();

        /// <summary>Moves a row of the pool to the batch and fills its place.</summary>
        private void Emit()
        {
            int place = Draw();
            StreamedRow<T> row = pool[place];
            Current.Targets.Append(row.Label, row.Target, row.Weight);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Append(row);
            }

            if (!Fill(place))
            {
                pooled--;
                (pool[place], pool[pooled]) = (pool[pooled], pool[place]);
            }
        }

        private int Draw()
        {
            if (random is not { } generator)
            {
                return 0;
            }

            int place = generator.NextInt32(pooled);
            random = generator;
            return place;
        }

        /// <summary>Reads the next row of the stream into a place of the pool.</summary>
        private bool Fill(int place)
        {
            if (place == pool.Count)
            {
                pool.Add(new StreamedRow<T>(source.Features, source.isSparse, source.targetValues, source.idColumns));
            }

            StreamedRow<T> row = pool[place];
            (row.Label, row.Weight) = (0, T.One);
            if (!stream!.Read(row))
            {
                return false;
            }

            Check(row, rowsRead++);
            return true;
        }

        private void Check(StreamedRow<T> row, long number)
        {
            DataCheck.Finite(row.Values, number);
            network.Ids?.Check(row.Ids, number);
            int classes = network.Loss.ClassCount;
            if (source.targetValues == 0 && (uint)row.Label >= (uint)classes)
            {
                throw new ArgumentException($"Row {number}: label {row.Label} is outside 0 to {classes - 1}.");
            }

            foreach (T target in row.Target)
            {
                if (!T.IsFinite(target))
                {
                    throw new ArgumentException($"Row {number}: target {target} is not finite.");
                }
            }

            if (!(T.IsFinite(row.Weight) && row.Weight >= T.Zero))
            {
                throw new ArgumentException($"Row {number}: weight {row.Weight} is not finite or is negative.");
            }
        }
    }
}
