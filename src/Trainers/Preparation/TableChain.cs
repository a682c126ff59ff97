using System.Globalization;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace EE569.Trainers.Preparation;

/// <summary>The plan of a table as a chain of ML.NET's own transformers, which holds the plan itself as the name of a key.</summary>
internal sealed class TableChain
{
    private const string Mark = "EE569.Table";
    private static readonly MLContext Views = new(seed: 1);
    private readonly TransformsCatalog _catalog;
    private readonly List<ITransformer> _parts = [];
    private readonly List<string> _helpers = [];
    private readonly List<(string Name, string? Alias)> _joined = [];
    private readonly IDataView _input;
    private readonly string _prefix = Mark;
    private readonly IHostEnvironment _environment;
    private DataViewSchema _schema;

    public TableChain(IHostEnvironment environment, IDataView input, TableFeaturizingEstimator.Options options)
    {
        _environment = environment;
        (_input, _schema, _catalog) = (input, input.Schema, MLNetInternals.Transforms(environment));
        while (input.Schema.Any(column => column.Name.StartsWith(_prefix, StringComparison.Ordinal)))
        {
            _prefix += "_";
        }

        View = WithTextCategories(input, options.ColumnKinds.Where(column => column.Value == TableColumnKind.Category).Select(column => column.Key));
    }

    /// <summary>The table, with columns that are categories by the options as text.</summary>
    public IDataView View { get; }

    /// <summary>Columns as text, for counting their levels.</summary>
    public static IDataView WithTextCategories(IDataView input, IEnumerable<string> categories)
    {
        InputOutputColumnPair[] others = [.. categories.Where(name => input.Schema[name].Type is not TextDataViewType).Select(name => new InputOutputColumnPair(name, name))];
        if (others.Length == 0)
        {
            return input;
        }

        var text = Views.Transforms.Conversion.ConvertType(others, DataKind.String).Fit(input).Transform(input);
        return others.Aggregate(text, (view, pair) => MissingAsEmpty(Views.Transforms, pair.OutputColumnName, pair.InputColumnName, new SchemaOnlyView(view.Schema)).Transform(view));
    }

    /// <summary>The preparation in a model, or null.</summary>
    public static TableFeaturizingTransformer? Find(ITransformer model) =>
        ReadOwn(model) ?? (model as IEnumerable<ITransformer>)?.Select(Find).FirstOrDefault(found => found is not null);

    /// <summary>A preparation, or the chain that <see cref="Build"/> made for it, fitted or loaded; null for what is none, or more.</summary>
    public static TableFeaturizingTransformer? ReadOwn(ITransformer model)
    {
        if (model is TableFeaturizingTransformer own)
        {
            return own;
        }

        if (model is not IEnumerable<ITransformer> chain
            || chain.OfType<ValueToKeyMappingTransformer>().FirstOrDefault() is not { } holder
            || MLNetInternals.ColumnPairs(holder) is not [var (output, input)] || !output.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn(input, TextDataViewType.Instance);
        VBuffer<ReadOnlyMemory<char>> names = default;
        holder.GetOutputSchema(schema.ToSchema())[output].GetKeyValues(ref names);
        return names.GetItemOrDefault(0).ToString() is ['{', ..] json ? new(model, TablePlan.FromJson(json)) : null;
    }

    public ITransformer Build(TablePlan plan)
    {
        Hold(plan);
        Numbers(plan.Numbers);
        foreach (var column in plan.Of(TableColumnKind.Category))
        {
            Category(column);
        }

        foreach (var column in plan.Of(TableColumnKind.Date))
        {
            Date(column);
        }

        foreach (var column in plan.Of(TableColumnKind.Text))
        {
            Text(column);
        }

        Append(MLNetInternals.Concatenate(_environment, plan.Output, [.. _joined]));
        Append(_catalog.DropColumns([.. _helpers]));
        return new TransformerChain<ITransformer>([.. _parts]);
    }

    private void Hold(TablePlan plan)
    {
        string text = Helper(), key = Helper();
        string any = plan.Used.First().Name;
        Append(_input.Schema[any].Type is TextDataViewType ? _catalog.CopyColumns(text, any) : _catalog.Conversion.ConvertType(text, any, DataKind.String));
        Append(_catalog.Conversion.MapValueToKey(key, text, keyData: Lines([plan.ToJson()])));
    }

    private void Numbers(ColumnPlan[] columns)
    {
        if (columns.Length == 0)
        {
            return;
        }

        var names = columns.ToDictionary(column => column, column => _input.Schema[column.Name].Type == NumberDataViewType.Single ? column.Name : Helper());
        if (names.Where(column => column.Key.Name != column.Value).Select(column => new InputOutputColumnPair(column.Value, column.Key.Name)).ToArray() is { Length: > 0 } converted)
        {
            Append(_catalog.Conversion.ConvertType(converted, DataKind.Single));
        }

        string raw = Helper(), scaled = Helper(), bent = Helper();
        Append(MLNetInternals.Concatenate(_environment, raw, [.. columns.Select(column => (names[column], (string?)column.Name))]));
        Append(_catalog.NormalizeMinMax(scaled, raw, fixZero: false).Fit(Rows(raw, [.. columns.Select(column => column.Center)], [.. columns.Select(column => column.Center + column.Width)])));
        Append(_catalog.Expression(bent, $"(z) => isna(z) ? 0f : {TableExpressions.Bent("z")}", scaled));
        _joined.Add((bent, "number"));

        ColumnPlan[] incomplete = [.. columns.Where(column => column.HasIndicator)];
        if (incomplete.Length > 0)
        {
            string some = Helper(), missing = Helper(), indicator = Helper();
            Append(MLNetInternals.Concatenate(_environment, some, [.. incomplete.Select(column => (names[column], (string?)column.Name))]));
            Append(_catalog.IndicateMissingValues(missing, some));
            Append(_catalog.Conversion.ConvertType(indicator, missing, DataKind.Single));
            _joined.Add((indicator, "missing"));
        }
    }

    private void Category(ColumnPlan column)
    {
        string text = Helper(), level = Helper(), joined = Helper(), key = Helper(), slots = Helper();
        string raw = column.Name;
        if (_input.Schema[raw].Type is not TextDataViewType)
        {
            raw = Helper();
            string converted = Helper();
            Append(_catalog.Conversion.ConvertType(converted, column.Name, DataKind.String));
            Append(MissingAsEmpty(_catalog, raw, converted, new SchemaOnlyView(_schema)));
        }

        string missing = column.MissingLevel ?? "", other = column.Other ?? "";
        Append(_catalog.Expression(text, $"(x) => x == \"\" ? \"{missing}\" : x", raw));
        var levels = Levels(column.Levels.Where(name => name != other).Select(name => (name, name)));
        Append(_catalog.Conversion.MapValue(level, levels, levels.Schema[nameof(Level.Text)], levels.Schema[nameof(Level.Same)], text));
        Append(_catalog.Expression(joined, $"(x) => x == \"\" ? \"{other}\" : x", level));
        Append(_catalog.Conversion.MapValueToKey(key, joined, keyData: Lines(column.Levels)));
        Append(_catalog.Conversion.MapKeyToVector(slots, key));
        _joined.Add((slots, column.Name));
    }

    private void Date(ColumnPlan column)
    {
        string ticks = Helper(), raw = column.Name;
        if (_input.Schema[raw].Type is TextDataViewType)
        {
            raw = Helper();
            Append(_catalog.Conversion.ConvertType(raw, column.Name, DataKind.DateTime));
        }

        Append(_catalog.Conversion.ConvertType(ticks, raw, DataKind.Int64));
        foreach (var part in column.Parts)
        {
            foreach (var (slot, expression) in part.Slots.Zip(TableExpressions.Of(part)))
            {
                string helper = Helper();
                Append(_catalog.Expression(helper, $"(t) => t == 0L ? 0f : {expression}", ticks));
                _joined.Add((helper, $"{column.Name}.{slot}"));
            }
        }

        if (column.HasIndicator)
        {
            string helper = Helper();
            Append(_catalog.Expression(helper, "(t) => t == 0L ? 1f : 0f", ticks));
            _joined.Add((helper, $"missing.{column.Name}"));
        }
    }

    private void Text(ColumnPlan column)
    {
        string tokens = Helper(), word = Helper(), key = Helper(), counts = Helper(), weighted = Helper(), slots = Helper();
        string[] names = [.. column.Words.Select(spellings => spellings[0])];
        var spellings = Levels(column.Words.SelectMany(word => word.Select(spelling => (spelling, word[0]))));
        int first = _parts.Count;
        Append(_catalog.Text.TokenizeIntoWords(tokens, column.Name, TextWords.Separators.ToCharArray()));
        Append(_catalog.Conversion.MapValue(word, spellings, spellings.Schema[nameof(Level.Text)], spellings.Schema[nameof(Level.Same)], tokens));
        Append(_catalog.Conversion.MapValueToKey(key, word, keyData: Lines(names)));

        // ML.NET takes all n-grams that it meets, in their order: it is shown those wanted, and no others.
        var shown = Lines([.. names, .. column.Pairs.Select(pair => $"{names[pair[0]]} {names[pair[1]]}")], column.Name);
        Append(_catalog.Text.ProduceNgrams(counts, key, weighting: NgramExtractingEstimator.WeightingCriteria.Tf)
            .Fit(_parts[first..].Aggregate(shown, (view, part) => part.Transform(view))));
        Append(MLNetInternals.Affine(_environment, weighted, counts, column.Weights, null));
        Append(_catalog.NormalizeLpNorm(slots, weighted));
        _joined.Add((slots, column.Name));
    }

    /// <summary>What is missing is text, too, in ML.NET's conversion.</summary>
    private static ExpressionTransformer MissingAsEmpty(TransformsCatalog catalog, string output, string input, IDataView view) =>
        catalog.Expression(output, "(x) => x == \"NaN\" || x == \"0001-01-01T00:00:00.0000000\" ? \"\" : x", input).Fit(view);

    private static IDataView Levels(IEnumerable<(string Text, string Same)> levels) =>
        Views.Data.LoadFromEnumerable(levels.Select(level => new Level { Text = level.Text, Same = level.Same }).ToArray());

    private static IDataView Lines(string[] lines, string name = nameof(Line.Text))
    {
        var definition = SchemaDefinition.Create(typeof(Line));
        definition[0].ColumnName = name;
        return Views.Data.LoadFromEnumerable(lines.Select(line => new Line { Text = line }).ToArray(), definition);
    }

    private static IDataView Rows(string name, params float[][] rows)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[0].ColumnName = name;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        return Views.Data.LoadFromEnumerable(rows.Select(values => new Row { Values = values }).ToArray(), definition);
    }

    private string Helper()
    {
        _helpers.Add(_prefix + _helpers.Count.ToString(CultureInfo.InvariantCulture));
        return _helpers[^1];
    }

    private void Append(IEstimator<ITransformer> estimator) => Append(estimator.Fit(new SchemaOnlyView(_schema)));

    private void Append(ITransformer transformer)
    {
        _parts.Add(transformer);
        _schema = transformer.GetOutputSchema(_schema);
    }

    private sealed class Line
    {
        public string Text { get; set; } = "";
    }

    private sealed class Level
    {
        public string Text { get; set; } = "";

        public string Same { get; set; } = "";
    }

    private sealed class Row
    {
        public float[] Values { get; set; } = [];
    }
}
