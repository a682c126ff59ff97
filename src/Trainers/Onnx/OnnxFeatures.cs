using Microsoft.ML.Transforms;
using Affine = (float[] Scale, float[] Offset);

namespace EE569.Trainers.Onnx;

/// <summary>
/// The way back from the features of a predictor to columns of the data: through copies, concatenations, and normalisers that are a scale and an
/// offset. The features are a vector of parts, each a column at the place reached.
/// </summary>
internal sealed class OnnxFeatures
{
    private readonly Part _all;
    private readonly List<(NormalizingTransformer Normalizer, List<(Part Part, Affine Affine)> Parts)> _steps = [];

    private OnnxFeatures(OnnxPredictor predictor) => _all = new Part(predictor.Feature, predictor.Form.Features);

    /// <summary>The name of the input: a column of the data, or the vector that the pipeline joins of several.</summary>
    public string Input => _all.Column;

    /// <param name="predictor">The predictor.</param>
    /// <param name="before">The transformers before it, in order.</param>
    /// <exception cref="InvalidOperationException">A transformer makes the features in another way.</exception>
    public static OnnxFeatures Trace(OnnxPredictor predictor, IReadOnlyList<ITransformer> before)
    {
        var features = new OnnxFeatures(predictor);
        foreach (var transformer in before.Reverse())
        {
            features.Pass(transformer);
        }

        features._all.Place(0);
        return features;
    }

    /// <summary>Adds the normalisers' arithmetic: (x - offset) scale, as ML.NET does it.</summary>
    /// <param name="graph">The graph that gets the nodes.</param>
    /// <param name="value">The input.</param>
    /// <returns>The value that the predictor reads.</returns>
    /// <exception cref="InvalidOperationException">It is not known which slots a normaliser changes.</exception>
    public string Add(OnnxGraph graph, string value)
    {
        for (int i = _steps.Count; i > 0; i--)
        {
            int length = _all.Length!.Value;
            float[] scale = new float[length], offset = new float[length];
            Array.Fill(scale, 1);
            var (normalizer, parts) = _steps[i - 1];
            foreach (var (part, affine) in parts)
            {
                int start = part.Start ?? throw OnnxExport.Refuse(normalizer, $"normalizes '{part.Column}' before '{Input}' joins it with columns of unknown lengths");
                affine.Scale.CopyTo(scale, start);
                affine.Offset.CopyTo(offset, start);
            }

            string name = $"normalizer{_steps.Count - i + 1}";
            if (offset.Any(number => number != 0))
            {
                value = graph.Node("Sub", $"{name}.centred", [value, graph.Constant($"{name}.offset", offset, length)]);
            }

            value = graph.Node("Mul", name, [value, graph.Constant($"{name}.scale", scale, length)]);
        }

        return value;
    }

    private void Pass(ITransformer transformer)
    {
        var parts = _all.Leaves.ToList();
        switch (transformer)
        {
            case NormalizingTransformer normalizer:
                Normalize(normalizer, parts);
                break;
            case ColumnCopyingTransformer copy:
                foreach (var part in parts)
                {
                    part.Column = MLNetInternals.ColumnPairs(copy).LastOrDefault(pair => pair.Output == part.Column, (Output: "", Input: part.Column)).Input;
                }

                break;
            case ColumnConcatenatingTransformer join:
                foreach (var part in parts)
                {
                    part.Split(MLNetInternals.Columns(join).LastOrDefault(column => column.Output == part.Column, (Output: "", Inputs: [part.Column])).Inputs);
                }

                break;
            default:
                var types = parts.DistinctBy(part => part.Column).ToDictionary(part => part.Column, part => part.Type);
                var effect = ColumnEffect.Of(transformer, types);
                if (parts.Find(part => effect is null || effect.Writes.Contains(part.Column) || effect.Drops.Contains(part.Column)) is { } touched)
                {
                    throw OnnxExport.Refuse(transformer, effect is null ? $"may change '{touched.Column}' before the trainer reads it" : $"makes '{touched.Column}' for the trainer");
                }

                break;
        }
    }

    private void Normalize(NormalizingTransformer normalizer, List<Part> parts)
    {
        var pairs = MLNetInternals.ColumnPairs(normalizer);
        var step = new List<(Part Part, Affine Affine)>();
        foreach (var part in parts)
        {
            int i = Array.FindLastIndex(pairs, pair => pair.Output == part.Column);
            if (i >= 0)
            {
                var affine = MLNetInternals.AffineOf(normalizer, i)
                    ?? throw OnnxExport.Refuse(normalizer, $"is not a scale and an offset of '{part.Column}'");
                step.Add((part, affine));
                part.Length ??= affine.Scale.Length;
                part.Column = pairs[i].Input;
            }
        }

        if (step.Count > 0)
        {
            _steps.Add((normalizer, step));
        }
    }

    /// <summary>A column, or columns joined.</summary>
    private sealed class Part(string column, int? length)
    {
        private Part[]? _parts;

        public string Column { get; set; } = column;

        public int? Length { get; set; } = length;

        /// <summary>Its first slot in the whole vector, where the lengths of the parts before it, or after it, are known.</summary>
        public int? Start { get; private set; }

        public DataViewType Type => Length is { } known ? new VectorDataViewType(NumberDataViewType.Single, known) : NumberDataViewType.Single;

        public IEnumerable<Part> Leaves => _parts?.SelectMany(part => part.Leaves) ?? [this];

        public void Split(string[] columns)
        {
            if (columns.Length == 1)
            {
                Column = columns[0];
            }
            else
            {
                _parts = [.. columns.Select(column => new Part(column, null))];
            }
        }

        public void Place(int? start)
        {
            Start = start;
            int? end = start + Known;
            int? next = start;
            foreach (var part in _parts ?? [])
            {
                part.Place(next);
                next = part.Start + part.Known;
            }

            for (int i = (_parts?.Length ?? 0) - 1; i >= 0 && end is not null && _parts![i].Start is null; i--)
            {
                _parts[i].Place(end - _parts[i].Known);
                end = _parts[i].Start;
            }
        }

        private int? Known => Length ?? (_parts is null ? null : _parts.Aggregate((int?)0, (sum, part) => sum + part.Known));
    }
}
