using System.Globalization;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>Pipelines of ML.NET's transformers around a trainer, drawn at random.</summary>
internal sealed class OnnxChain
{
    private static readonly string[] Raw = ["Features", "A", "B"];
    private readonly MLContext _ml;
    private readonly Random _random;
    private readonly List<ITransformer> _parts = [];

    /// <summary>Of which columns of the data the feature column is made.</summary>
    private readonly Dictionary<string, string[]> _origins = Raw.ToDictionary(name => name, name => new[] { name });
    private string _feature = "Features";
    private IDataView _view;

    public OnnxChain(string trainer, int seed)
    {
        _ml = new MLContext(seed);
        _random = new Random(seed);
        _view = Data = _ml.Data.LoadFromEnumerable(Rows(_random).ToArray());
        for (int i = _random.Next(4); i > 0; i--)
        {
            Before();
        }

        if (trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp)
        {
            Append("Classes", _ml.Transforms.Conversion.MapValueToKey("Class", _random.Next(2) == 0 ? "Name" : "Group"));
        }

        string feature = _feature;
        Append($"[{trainer}]", TrainerCase.Create(_ml, trainer, options =>
        {
            options.FeatureColumnName = feature;
            options.LabelColumnName = trainer switch { TrainerCase.Logistic or TrainerCase.LogisticMlp => "Flag", TrainerCase.Softmax or TrainerCase.SoftmaxMlp => "Class", _ => "Number" };
            options.NumberOfEpochs = 2;
        }).Estimator);
        for (int i = _random.Next(3); i > 0; i--)
        {
            After(trainer);
        }

        Model = Nest();
    }

    public string Steps { get; private set; } = "";

    public IDataView Data { get; }

    public ITransformer Model { get; private set; }

    public IDataView Scored => _view;

    /// <summary>What the file reads: the columns of the data, joined.</summary>
    public float[][] Inputs
    {
        get
        {
            float[][][] columns = [.. _origins[_feature].Select(Values)];
            return [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.SelectMany(column => column[row]).ToArray())];
        }
    }

    public void SaveAndLoad()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(Model, Data.Schema, stream);
        stream.Position = 0;
        Model = _ml.Model.Load(stream, out _);
    }

    private static IEnumerable<Row> Rows(Random random)
    {
        for (int i = 0; i < 40; i++)
        {
            float shift = i % 3;
            yield return new Row
            {
                Features = [.. Enumerable.Range(0, 3).Select(slot => (shift * (slot - 1)) + random.NextSingle() + (slot == 2 ? 50 : 0))],
                A = 3 + random.NextSingle(),
                B = [random.NextSingle(), 2 - shift],
                Text = shift == 0 ? "low" : "high",
                Flag = i % 3 == 0,
                Name = ((char)('a' + (i % 3))).ToString(CultureInfo.InvariantCulture),
                Group = 7 * (i % 3),
                Number = shift + random.NextSingle(),
            };
        }
    }

    private float[][] Values(string column) =>
        [.. Data.Schema[column].Type is VectorDataViewType ? Data.GetColumn<float[]>(column) : Data.GetColumn<float>(column).Select(value => new[] { value })];

    private void Before()
    {
        var transforms = _ml.Transforms;
        string output = _random.Next(3) == 0 ? $"Column{_parts.Count}" : _feature;
        bool fixZero = _random.Next(2) == 0;
        switch (_random.Next(22))
        {
            case 0 or 1: Step("MeanVariance", transforms.NormalizeMeanVariance(output, _feature, fixZero: fixZero)); break;
            case 2: Step("MinMax", transforms.NormalizeMinMax(output, _feature, fixZero: fixZero)); break;
            case 3: Step("Robust", transforms.NormalizeRobustScaling(output, _feature, centerData: fixZero)); break;
            case 4: Step("Several", transforms.NormalizeMeanVariance([new("B", "B"), new("A", "A"), new(output, _feature)], fixZero: fixZero)); break;
            case 5 or 6: Step("Copy", transforms.CopyColumns(output, _feature)); break;
            case 7: Append("CopyB", transforms.CopyColumns("Features", "B"), ("Features", "B")); break;
            case 8: Join(output, [_feature, "A"]); break;
            case 9: Join(output, ["B", _feature, "A"]); break;
            case 10: Join(output, ["A", "A", "B"]); break;
            case 11: Append("ScaleParts", transforms.NormalizeMinMax([new("B", "B"), new("A", "A")], fixZero: fixZero)); break;
            case 12: Append("Key", transforms.Conversion.MapValueToKey("Text")); break;
            case 13: Append("OneHot", transforms.Categorical.OneHotEncoding("Encoded", "Name")); break;
            case 14: Append("Expression", transforms.Expression("Sum", "(x, y) => x + y", "A", "Number")); break;
            case 15: Append("Replace", transforms.ReplaceMissingValues("A")); break;
            case 16: Step("LpNorm", transforms.NormalizeLpNorm(output, _feature)); break;
            case 17: Step("GlobalContrast", transforms.NormalizeGlobalContrast(output, _feature)); break;
            case 18: Step("PCA", transforms.ProjectToPrincipalComponents(output, _feature, rank: 2)); break;
            case 19: Step("LogMeanVariance", transforms.NormalizeLogMeanVariance(output, _feature)); break;
            case 20: Step("Slots", transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(output, _feature, labelColumnName: "Flag", slotsInOutput: 2)); break;
            default: Step("Binning", transforms.NormalizeBinning(output, _feature)); break;
        }

        void Step(string name, IEstimator<ITransformer> estimator)
        {
            Append($"{name}({_feature} -> {output})", estimator, (output, _feature));
            _feature = output;
        }
    }

    private void Join(string output, string[] inputs)
    {
        string[] origins = [.. inputs.SelectMany(input => _origins[input])];
        Append($"Concatenate({string.Join(", ", inputs)} -> {output})", _ml.Transforms.Concatenate(output, inputs));
        _origins[output] = origins;
        _feature = output;
    }

    private void After(string trainer)
    {
        var transforms = _ml.Transforms;
        bool binary = trainer is TrainerCase.Logistic or TrainerCase.LogisticMlp;
        bool multiclass = trainer is TrainerCase.Softmax or TrainerCase.SoftmaxMlp;
        // A calibrator fitted to probabilities near 1 is so steep that their last bit shows.
        bool scores = !Steps.Contains("Probability as score", StringComparison.Ordinal);
        bool whole = scores && new[] { "PredictedLabel", "Score" }.All(name => _view.Schema.GetColumnOrNull(name) is not null);
        switch (_random.Next(11))
        {
            case 0 when binary && whole: Append("Platt", _ml.BinaryClassification.Calibrators.Platt("Flag")); break;
            case 1 when binary && whole: Append("Isotonic", _ml.BinaryClassification.Calibrators.Isotonic("Flag")); break;
            case 2 when binary && whole: Append("FixedPlatt", _ml.BinaryClassification.Calibrators.Platt(-2.5, 0.3)); break;
            case 3 when multiclass && whole && _view.Schema["PredictedLabel"].Type is KeyDataViewType: Append("Names", transforms.Conversion.MapKeyToValue("PredictedLabel")); break;
            case 4 when whole: Append("CopyScore", transforms.CopyColumns("Result", "Score")); break;
            case 5 when whole && !multiclass: Append("Scaled", transforms.NormalizeMinMax("Score")); break;
            case 6 when whole && binary: Append("Probability as score", transforms.CopyColumns("Score", "Probability")); break;
            case 7 when whole: Append("Select", transforms.SelectColumns("Score", "Flag")); break;
            case 8 when whole && !multiclass: Append("Doubled", transforms.Expression("Double", "x => 2 * x", "Score")); break;
            case 9 when _view.Schema.GetColumnOrNull("Text") is { Type: TextDataViewType }: Append("Key", transforms.Conversion.MapValueToKey("Other", "Text")); break;
            default: Append("Cast", transforms.Conversion.ConvertType("Boolean", "Flag", DataKind.Single)); break;
        }
    }

    private void Append(string name, IEstimator<ITransformer> estimator, params (string Output, string Input)[] moves)
    {
        var before = new Dictionary<string, string[]>(_origins);
        _parts.Add(estimator.Fit(_view));
        _view = _parts[^1].Transform(_view);
        Steps += $" {name}";
        foreach (var (output, input) in moves)
        {
            _origins[output] = before[input];
        }
    }

    /// <summary>The parts, some of them in chains of their own.</summary>
    private TransformerChain<ITransformer> Nest()
    {
        int cut = _random.Next(_parts.Count);
        ITransformer[] inner = [.. _parts.Take(cut)];
        return new([.. cut > 1 ? [new TransformerChain<ITransformer>(inner)] : inner, .. _parts.Skip(cut)]);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float A { get; set; }

        [VectorType(2)]
        public float[] B { get; set; } = [];

        public string Text { get; set; } = "";

        public string Name { get; set; } = "";

        public bool Flag { get; set; }

        public int Group { get; set; }

        public float Number { get; set; }
    }
}
