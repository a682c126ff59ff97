using System.Runtime.InteropServices;

namespace EE569.Engine.Training;

/// <summary>Adds what ranks have of a step in the order of the tree: every rank receives the ordered partial sums of all and adds them alike.</summary>
/// <remarks>The gradient goes in chunks, which bounds the memory; the figures go with the first.</remarks>
internal sealed class RankSums<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaximumChunk = 1 << 18;
    private const int HeaderBytes = StepFigures.Length * sizeof(double);

    private readonly ICommunicator _ranks;
    private readonly Parameter<T>[] _parameters;
    private readonly int _count;
    private readonly Dictionary<int, (bool[] HasShards, (int To, int From)[] Additions)> _plans = [];
    private readonly StepFigures[] _figures;
    private readonly int[] _lengths;
    private readonly byte[] _own;
    private readonly byte[] _all;

    public RankSums(ICommunicator ranks, IEnumerable<Parameter<T>> parameters)
    {
        (_ranks, _parameters, _count) = (ranks, [.. parameters], parameters.Sum(parameter => parameter.Value.Values.Length));
        _figures = [.. Enumerable.Range(0, ranks.Size).Select(_ => new StepFigures())];
        _lengths = new int[ranks.Size];
        _own = new byte[HeaderBytes + Math.Min(_count, MaximumChunk) * Unsafe.SizeOf<T>()];
        _all = new byte[checked(ranks.Size * _own.Length)];
    }

    public long Bytes => _own.Length + _all.Length;

    /// <summary>Replaces figures and gradients of this rank by the sums over all.</summary>
    /// <param name="shards">The shards of the batch.</param>
    /// <param name="figures">The figures.</param>
    public void Sum(Shards shards, StepFigures figures)
    {
        if (!_plans.TryGetValue(shards.Count, out (bool[] HasShards, (int To, int From)[] Additions) plan))
        {
            plan = ([.. Enumerable.Range(0, _ranks.Size).Select(rank => shards.Part(rank, _ranks.Size).Count > 0)], [.. shards.Additions(_ranks.Size)]);
            _plans.Add(shards.Count, plan);
        }

        for (int start = 0; start < _count; start += MaximumChunk)
        {
            int header = start == 0 ? HeaderBytes : 0, length = Math.Min(MaximumChunk, _count - start) * Unsafe.SizeOf<T>();
            for (int rank = 0; rank < _lengths.Length; rank++)
            {
                _lengths[rank] = header + (plan.HasShards[rank] ? length : 0);
            }

            Span<byte> own = _own.AsSpan(0, _lengths[_ranks.Rank]);
            if (header > 0)
            {
                figures.CopyTo(MemoryMarshal.Cast<byte, double>(own[..header]));
            }

            Copy(MemoryMarshal.Cast<byte, T>(own[header..]), start, toParameters: false);
            _ranks.AllGather(own, _all.AsSpan(0, Offset(_lengths.Length)), _lengths);
            if (header > 0)
            {
                Sum(plan.Additions, figures);
                if (figures.Interruption is not null)
                {
                    return;
                }
            }

            foreach ((int to, int from) in plan.Additions)
            {
                TensorPrimitives.Add(Chunk(to, header), Chunk(from, header), Chunk(to, header));
            }

            Copy(Chunk(0, header), start, toParameters: true);
        }
    }

    private void Sum((int To, int From)[] additions, StepFigures figures)
    {
        for (int rank = 0; rank < _figures.Length; rank++)
        {
            _figures[rank].Set(MemoryMarshal.Cast<byte, double>(_all.AsSpan(Offset(rank), HeaderBytes)));
            figures.Heed(_figures[rank].Interruption);
        }

        foreach ((int to, int from) in additions)
        {
            _figures[to].Add(_figures[from]);
        }

        (figures.Loss, figures.Weight) = (0, 0);
        figures.Metric.Reset();
        figures.Add(_figures[0]);
    }

    private int Offset(int rank) => TensorPrimitives.Sum<int>(_lengths.AsSpan(0, rank));

    private Span<T> Chunk(int rank, int header) => MemoryMarshal.Cast<byte, T>(_all.AsSpan(Offset(rank) + header, _lengths[rank] - header));

    /// <summary>Copies a run of all gradients, seen as one row, from the parameters or to them.</summary>
    private void Copy(Span<T> chunk, int start, bool toParameters)
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            Span<T> gradient = parameter.Gradient.Values;
            if (start >= gradient.Length)
            {
                start -= gradient.Length;
                continue;
            }

            int count = Math.Min(gradient.Length - start, chunk.Length);
            Span<T> part = gradient.Slice(start, count);
            if (toParameters)
            {
                chunk[..count].CopyTo(part);
            }
            else
            {
                part.CopyTo(chunk);
            }

            chunk = chunk[count..];
            start = 0;
        }
    }
}
