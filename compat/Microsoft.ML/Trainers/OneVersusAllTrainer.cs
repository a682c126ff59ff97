using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Trains a binary trainer once per class, that class against all others.</summary>
public sealed class OneVersusAllTrainer : ITrainerEstimator<MulticlassPredictionTransformer<OneVersusAllModelParameters>, OneVersusAllModelParameters>
{
    private readonly IHost _host;
    private readonly IEstimator<ISingleFeaturePredictionTransformer<object>> _binary;
    private readonly string _labelColumn;
    private readonly string _binaryLabelColumn;
    private readonly bool _missingIsNegative;
    private readonly bool _useProbabilities;
    private readonly IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>> _calibrator;
    private readonly int _maximumCalibrationExampleCount;

    internal OneVersusAllTrainer(
        IHostEnvironment env, IEstimator<ISingleFeaturePredictionTransformer<object>> binary, string labelColumn, bool imputeMissingLabelsAsNegative,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator, int maximumCalibrationExampleCount, bool useProbabilities)
    {
        _host = env.Register(nameof(OneVersusAllTrainer));
        _binary = binary;
        _labelColumn = labelColumn;
        _binaryLabelColumn = (binary as ILabeledTrainer)?.LabelColumnName ?? labelColumn;
        _missingIsNegative = imputeMissingLabelsAsNegative;
        _calibrator = calibrator ?? new PlattCalibratorEstimator(env, _binaryLabelColumn, DefaultColumnNames.Score, null);
        _maximumCalibrationExampleCount = maximumCalibrationExampleCount;
        _useProbabilities = useProbabilities;
    }

    public TrainerInfo Info { get; } = new();

    public MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(IDataView input)
    {
        DataViewSchema.Column label = input.Schema.FindColumn(_labelColumn, DefaultColumnNames.Label);
        if (label.Type.RawType != typeof(uint) || label.Type.KeyCount() == 0)
        {
            throw new ArgumentOutOfRangeException(
                "data", $"Training label column '{_labelColumn}' type is not valid for multi-class: {label.Type}. Type must be Key<UInt32>.");
        }
        IDataView rows = _missingIsNegative ? input : new DataOperationsCatalog(_host).FilterRowsByMissingValues(input, _labelColumn);
        ISingleFeaturePredictionTransformer<object>[] trained =
            [.. Enumerable.Range(1, label.Type.KeyCount()).Select(key => _binary.Fit(WithBinaryLabel(rows, key)))];
        IFeatureScorer<float>[] models = [.. trained.Select((transformer, k) => Calibrated(transformer, rows, k + 1))];
        return new(_host, new(_host, models, _useProbabilities), input.Schema, trained[0].FeatureColumnName, _labelColumn);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column expected = LearningTask.Multiclass.LabelColumn(_labelColumn);
        if (!inputSchema.TryFindColumn(_labelColumn, out SchemaShape.Column label))
            throw Contracts.MissingColumn(nameof(inputSchema), "label", _labelColumn);
        return expected.IsCompatibleWith(label)
            ? inputSchema.With(LearningTask.Multiclass.OutputColumns(inputSchema, _labelColumn, calibrated: false).Select(KeyValuesLast))
            : throw Contracts.SchemaMismatch(nameof(inputSchema), "label", _labelColumn, expected.TypeString, label.TypeString);
    }

    private static SchemaShape.Column KeyValuesLast(SchemaShape.Column column) => new(
        column.Name, column.Kind, column.ItemType, column.IsKey, new(column.Annotations.OrderBy(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues)));

    private IFeatureScorer<float> Calibrated(ISingleFeaturePredictionTransformer<object> transformer, IDataView rows, int key)
    {
        if (!_useProbabilities || transformer.Model is CalibratedModelParametersBase)
            return (IFeatureScorer<float>)transformer.Model;
        IDataView sample = new DataOperationsCatalog(_host).TakeRows(WithBinaryLabel(rows, key), _maximumCalibrationExampleCount);
        ICalibrator calibrator = _calibrator.Fit(transformer.Transform(sample)).Model;
        return new ParameterMixingCalibratedModelParameters<LinearBinaryModelParameters, PlattCalibrator>(
            _host, (LinearBinaryModelParameters)transformer.Model, (PlattCalibrator)calibrator);
    }

    /// <summary>The rows with a Boolean label: is it this key?</summary>
    private MappedDataView WithBinaryLabel(IDataView rows, int key)
    {
        DataViewSchema.Column label = rows.Schema[_labelColumn];
        ColumnMap isKey = new(new(_binaryLabelColumn, BooleanDataViewType.Instance), [label.Index],
            row => Getters.Map<uint, bool>(row, label, (current, _) => current == key));
        return new(rows, new RowToRowMap(rows.Schema, new ColumnMapper([isKey])));
    }
}

/// <summary>A trainer that knows the name of the label it reads.</summary>
internal interface ILabeledTrainer
{
    string LabelColumnName { get; }
}
