using System.ComponentModel.DataAnnotations;
using EE569.Trainers.Preparation;

namespace EE569.Trainers;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> to make a vector of features of the raw columns of a table: numbers, Booleans, text and dates, with missing values.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes, once; free text twice more for its words |
/// | Input column data types | numbers, Boolean, text, DateTime |
/// | Output column data type | Known-sized vector of Single, with slot names |
/// | Exportable to ONNX | Yes, with SaveAsOnnx, from the raw columns |
///
/// What a column holds is decided from its values, unless `Options.ColumnKinds` says it:
/// * Numbers: $z = (x - \text{median}) / (q_{75} - q_{25})$, bent to $z / \sqrt{1 + (z/3)^2}$; a missing one is 0, and a slot says so if training had any.
/// * Categories: a slot a level; rare levels share one, which unseen ones get; missing is a level if training had any.
/// * Dates: year and days as numbers, month, day, weekday and hour as sine and cosine; only those that vary.
/// * Free text: tf-idf of its most frequent words and pairs of neighbouring words, in whichever case, scaled to length 1.
/// * Identifiers and constants are left out.
///
/// The fitted transformer is a chain of ML.NET's own, so a saved model loads without this library.
/// ]]></format>
/// </remarks>
/// <seealso cref="TableFeaturizingCatalog.FeaturizeTable(TransformsCatalog, TableFeaturizingEstimator.Options)"/>
public sealed class TableFeaturizingEstimator : IEstimator<TableFeaturizingTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly Options _options;

    internal TableFeaturizingEstimator(IHostEnvironment environment, Options options)
    {
        options.Validate();
        (_environment, _options) = (environment, options.Clone());
    }

    /// <summary>Reads the rows once and decides what each column holds and becomes.</summary>
    /// <param name="input">The table.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">A column of the options is not there, or cannot be of the kind that they say.</exception>
    /// <exception cref="InvalidOperationException">The table has no rows, or no column from which features can be made.</exception>
    public TableFeaturizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        MLNetCheck.Run();
        CheckColumns(input.Schema);
        var builder = new TableChain(_environment, input, _options);
        var plan = new TablePlan(_options.OutputColumnName, new TableProfiler(_environment, _options).Read(builder.View));
        if (!plan.Used.Any())
        {
            throw new InvalidOperationException(
                $"No column has anything to learn from: {string.Join("; ", plan.Columns.Select(column => column.Describe()))}.");
        }

        return new(builder.Build(plan), plan);
    }

    /// <summary>The schema with the column of features.</summary>
    /// <param name="inputSchema">The schema of the table.</param>
    /// <returns>It.</returns>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var schema = new DataViewSchema.Builder();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 1), (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(1, [default]));
        schema.AddColumn(_options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, 1), annotations.ToAnnotations());
        return new([.. inputSchema.Where(column => column.Name != _options.OutputColumnName), .. MLNetInternals.ShapeOf(null, schema.ToSchema())]);
    }

    private void CheckColumns(DataViewSchema schema)
    {
        if (_options.LabelColumnName is { } label && schema.GetColumnOrNull(label) is null)
        {
            throw new ArgumentException($"The table has no column '{label}', the label.");
        }

        foreach (var (name, kind) in _options.ColumnKinds)
        {
            var column = schema.GetColumnOrNull(name) ?? throw new ArgumentException($"The table has no column '{name}', whose kind the options say.");
            bool fits = kind >= TableColumnKind.Identifier || (ColumnProfile.CanRead(column.Type) && (column.Type, kind) switch
            {
                (DateTimeDataViewType, TableColumnKind.Number or TableColumnKind.Boolean or TableColumnKind.Text) => false,
                (NumberDataViewType or BooleanDataViewType, TableColumnKind.Date or TableColumnKind.Text) => false,
                _ => true,
            });
            if (!fits)
            {
                throw new ArgumentException($"Column '{name}' is of type {column.Type}, which cannot be of the kind {kind}.");
            }
        }
    }

    /// <summary>Options of <see cref="TableFeaturizingEstimator"/>.</summary>
    public sealed class Options
    {
        /// <summary>The column of features. Default "Features".</summary>
        [Required]
        public string OutputColumnName { get; set; } = Defaults.FeatureColumnName;

        /// <summary>The column to predict, of which no feature is made; null if there is none. Default "Label".</summary>
        public string? LabelColumnName { get; set; } = Defaults.LabelColumnName;

        /// <summary>What columns hold, by name, where it shall not be decided from their values. <see cref="TableColumnKind.Ignored"/> leaves one out.</summary>
        public IDictionary<string, TableColumnKind> ColumnKinds { get; private set; } = new Dictionary<string, TableColumnKind>();

        /// <summary>A level, or a word of free text, that comes in fewer rows has no slot of its own. Default 5.</summary>
        [Range(1, int.MaxValue)]
        public int MinimumLevelCount { get; set; } = 5;

        /// <summary>The most levels of a column that have slots of their own; the most frequent ones have them. Default 100.</summary>
        [Range(1, int.MaxValue)]
        public int MaximumLevels { get; set; } = 100;

        /// <summary>The most words of free text that have slots, and the most pairs of such words; the most frequent ones have them. Default 1000.</summary>
        [Range(1, int.MaxValue)]
        public int MaximumNgrams { get; set; } = 1000;

        internal Options Clone()
        {
            var copy = (Options)MemberwiseClone();
            copy.ColumnKinds = new Dictionary<string, TableColumnKind>(ColumnKinds);
            return copy;
        }

        internal void Validate()
        {
            OptionCheck.Validate(this);
            foreach (var kind in ColumnKinds.Values)
            {
                OptionCheck.Require(Enum.IsDefined(kind), nameof(ColumnKinds), kind, "kinds of columns");
            }
        }
    }
}
