namespace EE569.Engine.Data;

/// <summary>
/// Examples that are read anew in every epoch and never held as a whole. A random order comes from a bounded pool: each row leaves it from
/// a random place, which the next row of the stream takes.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StreamingData<T> : DataSource<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<IRowReader<T>> _open;
    private readonly int _shufflePoolSize;
    private readonly bool _isSparse;
    private readonly int _targetValues;
    private readonly int _idColumns;
    private readonly double _density;
    private long? _count;

    /// <summary>Creates a source.</summary>
    /// <param name="features">Number of features.</param>
    /// <param name="open">Opens the stream at its beginning; called once for each epoch.</param>
    /// <param name="shufflePoolSize">Rows in the pool of a shuffled epoch, from 1 (which keeps the order).</param>
    /// <param name="count">Number of rows if known, for schedules that count steps; learnt after the first epoch otherwise.</param>
    /// <param name="isSparse">Whether rows are kept as their non-zero features.</param>
    /// <param name="targetValues">Number of target values of a row, or 0 when the targets are classes.</param>
    /// <param name="idColumns">Number of ids of a row beside its features, or 0.</param>
    /// <param name="density">Share of the features that are not 0, if known: batches of sparse rows are made dense where that is faster. Default not known.</param>
    public StreamingData(
        int features,
        Func<IRowReader<T>> open,
        int shufflePoolSize = 10_000,
        long? count = null,
        bool isSparse = false,
        int targetValues = 0,
        int idColumns = 0,
        double density = double.NaN)
        : base(features)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        ArgumentOutOfRangeException.ThrowIfNegative(targetValues);
        ArgumentOutOfRangeException.ThrowIfNegative(idColumns);
        (_open, _shufflePoolSize, _count) = (open, shufflePoolSize, count);
        (_isSparse, _targetValues, _idColumns, _density) = (isSparse, targetValues, idColumns, density);
    }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override int IdColumns => _idColumns;

    private protected override bool IsInMemory => false;

    internal override bool IsSparse => _isSparse;

    internal override double Density => _density;

    internal override BatchReader<T> CreateReader(int batchSize, Network<T> network, bool isSparse) => new Reader(this, batchSize, network, isSparse);

    private protected override void CheckRows(Network<T> network)
    {
        Loss<T> loss = network.Loss;
        if (_targetValues != loss.Scores.Width && (_targetValues > 0 || loss.ClassCount == 0))
        {
            throw new ArgumentException(
                $"The stream gives {(_targetValues == 0 ? "labels" : $"{_targetValues} target values")}, the loss needs {loss.Scores.Width} target values.");
        }
    }

    private sealed class Reader : BatchReader<T>
    {
        private readonly StreamingData<T> _source;
        private readonly Network<T> _network;
        private readonly int _batchSize;
        private readonly List<StreamedRow<T>> _pool = [];
        private IRowReader<T>? _stream;
        private SplitMix64? _random;
        private int _pooled;
        private long _rowsRead;

        // A batch may be larger than the stream: its buffers grow with the rows that come.
        public Reader(StreamingData<T> source, int batchSize, Network<T> network, bool isSparse)
        {
            (_source, _network, _batchSize) = (source, network, batchSize);
            BatchPart<T> features = source._isSparse
                ? new SparsePart<T>(CsrMatrix<T>.CreateBuffer(source.Features), isSparse)
                : new DensePart<T>(new Matrix<T>(0, source.Features));
            Current = new Batch<T>(
                source._idColumns == 0 ? [features] : [features, new IdPart<T>(new Matrix<int>(0, source._idColumns))],
                Targets<T>.CreateBuffer(0, source._targetValues > 0 ? source._targetValues : null, hasWeights: true));
        }

        public override Batch<T> Current { get; }

        public override long Bytes => Current.Targets.Bytes + Current.Parts.Sum(part => part.Bytes) + _pool.Sum(row => row.Bytes);

        public override void Start(SplitMix64? shuffle)
        {
            _stream?.Dispose();
            _stream = _source._open();
            _random = shuffle;
            (_pooled, _rowsRead) = (0, 0);
            int poolSize = shuffle is null ? 1 : _source._shufflePoolSize;
            while (_pooled < poolSize && Fill(_pooled))
            {
                _pooled++;
            }

            if (_pooled == 0)
            {
                throw new InvalidDataException("The stream has no row.");
            }
        }

        public override bool MoveNext()
        {
            Rows = 0;
            Current.Targets.SetRows(0);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Clear();
            }

            for (; Rows < _batchSize && _pooled > 0; Rows++)
            {
                Emit();
            }

            if (Rows == 0)
            {
                _source._count = _rowsRead;
            }

            return Rows > 0;
        }

        public override void Dispose() => _stream?.Dispose();

        /// <summary>Moves a row of the pool to the batch and fills its place.</summary>
        private void Emit()
        {
            int place = Draw();
            StreamedRow<T> row = _pool[place];
            Current.Targets.Append(row.Label, row.Target, row.Weight);
            foreach (BatchPart<T> part in Current.Parts)
            {
                part.Append(row);
            }

            if (!Fill(place))
            {
                _pooled--;
                (_pool[place], _pool[_pooled]) = (_pool[_pooled], _pool[place]);
            }
        }

        private int Draw()
        {
            if (_random is not { } generator)
            {
                return 0;
            }

            int place = generator.NextInt32(_pooled);
            _random = generator;
            return place;
        }

        /// <summary>Reads the next row of the stream into a place of the pool.</summary>
        private bool Fill(int place)
        {
            if (place == _pool.Count)
            {
                _pool.Add(new StreamedRow<T>(_source.Features, _source._isSparse, _source._targetValues, _source._idColumns));
            }

            StreamedRow<T> row = _pool[place];
            (row.Label, row.Weight) = (0, T.One);
            if (!_stream!.Read(row))
            {
                return false;
            }

            Check(row, _rowsRead++);
            return true;
        }

        private void Check(StreamedRow<T> row, long number)
        {
            DataCheck.Finite(row.Values, number);
            _network.Ids?.Check(row.Ids, number);
            int classes = _network.Loss.ClassCount;
            if (_source._targetValues == 0 && (uint)row.Label >= (uint)classes)
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
