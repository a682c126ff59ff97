using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The rows a linear learner trains on, read once and kept in blocks: a dense row as its values, a sparse row as indices and values.
/// A block is also the unit of parallel work, so that sums come out the same for any number of threads.
/// </summary>
internal sealed class TrainingRows(int featureCount)
{
    private const int BlockSize = 4096;

    private readonly List<Block> _blocks = [];

    public int FeatureCount { get; } = featureCount;

    public int Count { get; private set; }

    public int BlockCount => _blocks.Count;

    public Row this[int index] => _blocks[index / BlockSize][index % BlockSize];

    /// <summary>Numbers of the first row of a block and of the first row behind it.</summary>
    public (int First, int End) BlockRange(int block) => (block * BlockSize, Math.Min((block + 1) * BlockSize, Count));

    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, float label, float weight)
    {
        if (Count % BlockSize == 0)
            _blocks.Add(new Block());
        _blocks[^1].Add(values, indices, label, weight);
        Count++;
    }

    internal readonly ref struct Row(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, float label, float weight)
    {
        private readonly ReadOnlySpan<float> _values = values;
        private readonly ReadOnlySpan<int> _indices = indices;

        public float Label { get; } = label;

        public float Weight { get; } = weight;

        public float NormSquared => TensorPrimitives.SumOfSquares(_values);

        private bool IsDense(int featureCount) => _values.Length == featureCount;

        public float Dot(ReadOnlySpan<float> weights)
        {
            if (IsDense(weights.Length))
                return TensorPrimitives.Dot(_values, weights);
            float sum = 0;
            for (int i = 0; i < _indices.Length; i++)
                sum += _values[i] * weights[_indices[i]];
            return sum;
        }

        /// <summary>target += scale * row.</summary>
        public void AddTo(Span<float> target, float scale)
        {
            if (IsDense(target.Length))
            {
                TensorPrimitives.MultiplyAdd(_values, scale, target, target);
                return;
            }
            for (int i = 0; i < _indices.Length; i++)
                target[_indices[i]] += scale * _values[i];
        }

        /// <summary>weights = the dual sum pulled towards 0 by the threshold, where this row has values.</summary>
        public void SoftThreshold(ReadOnlySpan<float> dualSum, float threshold, Span<float> weights)
        {
            bool dense = IsDense(weights.Length);
            for (int i = 0; i < _values.Length; i++)
            {
                int j = dense ? i : _indices[i];
                weights[j] = dualSum[j] > threshold ? dualSum[j] - threshold : dualSum[j] < -threshold ? dualSum[j] + threshold : 0;
            }
        }
    }

    private sealed class Block
    {
        private readonly int[] _valueEnds = new int[BlockSize];
        private readonly int[] _indexEnds = new int[BlockSize];
        private readonly float[] _labels = new float[BlockSize];
        private readonly float[] _weights = new float[BlockSize];
        private float[] _values = [];
        private int[] _indices = [];
        private int _count;

        public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, float label, float weight)
        {
            int valueStart = _count == 0 ? 0 : _valueEnds[_count - 1], indexStart = _count == 0 ? 0 : _indexEnds[_count - 1];
            Append(ref _values, valueStart, values);
            Append(ref _indices, indexStart, indices);
            _valueEnds[_count] = valueStart + values.Length;
            _indexEnds[_count] = indexStart + indices.Length;
            _labels[_count] = label;
            _weights[_count++] = weight;
        }

        public Row this[int row]
        {
            get
            {
                int valueStart = row == 0 ? 0 : _valueEnds[row - 1], indexStart = row == 0 ? 0 : _indexEnds[row - 1];
                return new Row(
                    _values.AsSpan(valueStart, _valueEnds[row] - valueStart), _indices.AsSpan(indexStart, _indexEnds[row] - indexStart),
                    _labels[row], _weights[row]);
            }
        }

        private static void Append<T>(ref T[] array, int start, ReadOnlySpan<T> items)
        {
            if (start + items.Length > array.Length)
                Array.Resize(ref array, Math.Max(start + items.Length, Math.Min(2 * array.Length, BlockSize * Math.Max(1, items.Length))));
            items.CopyTo(array.AsSpan(start));
        }
    }
}
