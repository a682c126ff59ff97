using EE569.Trainers.Preparation;
using Microsoft.ML.Transforms;
using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>The preparation of a raw table as ONNX nodes: an input a column, the features as ML.NET's chain makes them.</summary>
/// <param name="graph">The graph that gets the nodes.</param>
internal sealed class OnnxTable(OnnxGraph graph)
{
    private readonly List<string> _slots = [];

    /// <summary>Adds the nodes.</summary>
    /// <param name="table">The preparation.</param>
    /// <returns>The value of the features.</returns>
    public string Add(TableFeaturizingTransformer table)
    {
        var inputs = table.Plan.Used.ToDictionary(
            column => column, column => graph.Input(column.Name, 1, column.IsNumeric ? DataType.Float : DataType.String).Name);
        Numbers(table, inputs);
        foreach (var column in table.Plan.Of(TableColumnKind.Category))
        {
            Category(column, inputs[column]);
        }

        foreach (var column in table.Plan.Of(TableColumnKind.Date))
        {
            Date(column, inputs[column]);
        }

        foreach (var column in table.Plan.Of(TableColumnKind.Text))
        {
            Text(column, inputs[column]);
        }

        return _slots.Count == 1 ? _slots[0] : graph.Node("Concat", "features", [.. _slots], ("axis", 1));
    }

    private void Numbers(TableFeaturizingTransformer table, Dictionary<ColumnPlan, string> inputs)
    {
        var columns = table.Plan.Numbers;
        if (columns.Length == 0)
        {
            return;
        }

        string raw = graph.Node("Concat", "numbers", [.. columns.Select(column => inputs[column])], ("axis", 1));
        string isMissing = graph.Node("IsNaN", "numbers.missing", [raw]);
        var (scale, offset) = MLNetInternals.AffineOf(table.Parts.OfType<NormalizingTransformer>().First(), 0)!.Value;
        string centred = graph.Node("Sub", "numbers.centred", [raw, graph.Constant("numbers.offset", offset, offset.Length)]);
        string scaled = graph.Node("Mul", "numbers.scaled", [centred, graph.Constant("numbers.scale", scale, scale.Length)]);
        _slots.Add(Bend("numbers", Or(isMissing, scaled, "numbers.known")));
        long[] incomplete = [.. columns.Index().Where(column => column.Item.HasIndicator).Select(column => (long)column.Index)];
        if (incomplete.Length > 0)
        {
            string all = graph.Node("Cast", "numbers.indicators", [isMissing], ("to", (int)DataType.Float));
            _slots.Add(graph.Node("Gather", "numbers.indicator", [all, graph.Constant("numbers.incomplete", incomplete)], ("axis", 1)));
        }
    }

    private void Category(ColumnPlan column, string input)
    {
        string name = column.Name;
        int slots = column.Levels.Length;
        int Slot(string? label, int otherwise) => label is null ? otherwise : Array.IndexOf(column.Levels, label);

        // OneHot gives no slot to an index that is out of range.
        int unseen = Slot(column.Other, slots);
        var (texts, indices) = (column.Levels.Where(level => level != column.Other).Select(level => level == column.MissingLevel ? "" : level).ToList(),
            column.Levels.Index().Where(level => level.Item != column.Other).Select(level => (long)level.Index).ToList());
        if (column.MissingLevel is not null)
        {
            // ML.NET's chain tells missing values by the label, so that a text that is the label is missing, too.
            texts.Add(column.MissingLevel);
            indices.Add(Slot(column.MissingLevel, unseen));
        }

        string index = graph.Node("LabelEncoder", $"{name}.index", [Flat(input, name)], ("keys_strings", texts.ToArray()), ("values_int64s", indices.ToArray()), ("default_int64", unseen));
        _slots.Add(graph.Node("OneHot", $"{name}.slots", [index, graph.Constant($"{name}.depth", [(long)slots]), graph.Constant($"{name}.values", [0f, 1f])]));
    }

    private void Date(ColumnPlan column, string input)
    {
        var date = new OnnxDate(graph, column.Name, Flat(input, column.Name));
        foreach (var part in column.Parts)
        {
            string name = $"{column.Name}.{part.Name}", value = date.Part(part.Name);
            if (DatePart.Cycles.TryGetValue(part.Name, out var cycle))
            {
                string shifted = graph.Node("Sub", $"{name}.shifted", [value, graph.Constant($"{name}.first", [(float)cycle.First])]);
                string angle = graph.Node("Mul", $"{name}.angle", [shifted, graph.Constant($"{name}.step", [2 * float.Pi / cycle.Length])]);
                Slot(graph.Node("Sin", $"{name}.sine", [angle]));
                Slot(graph.Node("Cos", $"{name}.cosine", [angle]));
            }
            else
            {
                string centred = graph.Node("Sub", $"{name}.centred", [value, graph.Constant($"{name}.centre", [part.Center])]);
                Slot(Bend(name, graph.Node("Div", $"{name}.scaled", [centred, graph.Constant($"{name}.width", [part.Width])])));
            }
        }

        if (column.HasIndicator)
        {
            _slots.Add(Column(graph.Node("Cast", $"{column.Name}.indicator", [date.IsMissing], ("to", (int)DataType.Float))));
        }

        void Slot(string value) => _slots.Add(Column(Or(date.IsMissing, value, $"{value}.known")));
    }

    private void Text(ColumnPlan column, string input)
    {
        const long Unknown = -1;
        string name = column.Name, token = $"[^{string.Concat(TextWords.Separators.Select(c => $@"\x{{{(int)c:X}}}"))}]+";
        var spellings = column.Words.Index().SelectMany(word => word.Item.Select(spelling => (Text: spelling, Index: (long)word.Index))).ToArray();
        string tokens = graph.Node("Tokenizer", $"{name}.tokens", [Flat(input, name)], ("mark", 0), ("pad_value", ""), ("mincharnum", 1), ("tokenexp", token));
        string words = graph.Node(
            "LabelEncoder", $"{name}.words", [tokens], ("keys_strings", spellings.Select(spelling => spelling.Text).ToArray()), ("values_int64s", spellings.Select(spelling => spelling.Index).ToArray()), ("default_int64", Unknown));
        string counts = graph.Node(
            "TfIdfVectorizer", $"{name}.weighted", [words], ("mode", "TFIDF"), ("min_gram_length", 1), ("max_gram_length", column.Pairs.Length > 0 ? 2 : 1), ("max_skip_count", 0),
            ("ngram_counts", column.Pairs.Length > 0 ? new[] { 0L, column.Words.Length } : [0L]), ("ngram_indexes", Enumerable.Range(0, column.Weights.Length).Select(i => (long)i).ToArray()),
            ("pool_int64s", Enumerable.Range(0, column.Words.Length).Concat(column.Pairs.SelectMany(pair => pair)).Select(i => (long)i).ToArray()), ("weights", column.Weights));
        _slots.Add(graph.Node("LpNormalization", $"{name}.slots", [counts], ("axis", 1), ("p", 2)));
    }

    /// <summary>A value, or 0 where the condition holds.</summary>
    private string Or(string isMissing, string value, string name) => graph.Node("Where", name, [isMissing, graph.Constant($"{name}.zero", [0f]), value]);

    private string Bend(string name, string value)
    {
        string cut = graph.Node("Max", $"{name}.cutBelow", [graph.Node("Min", $"{name}.cut", [value, graph.Constant($"{name}.most", [NumberScale.Limit])]), graph.Constant($"{name}.least", [-NumberScale.Limit])]);
        string share = graph.Node("Div", $"{name}.share", [graph.Node("Mul", $"{name}.square", [cut, cut]), graph.Constant($"{name}.bend", [NumberScale.Bend * NumberScale.Bend])]);
        return graph.Node("Div", $"{name}.bent", [cut, graph.Node("Sqrt", $"{name}.root", [graph.Node("Add", $"{name}.sum", [share, graph.Constant($"{name}.one", [1f])])])]);
    }

    private string Flat(string value, string name) => graph.Node("Reshape", $"{name}.flat", [value, graph.Constant($"{name}.flatShape", [-1L])]);

    private string Column(string value) => graph.Node("Reshape", $"{value}.column", [value, graph.Constant($"{value}.shape", [-1L, 1L])]);
}
