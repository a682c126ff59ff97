using static Onnx.TensorProto.Types;

namespace EE569.Trainers.Onnx;

/// <summary>Dates as text, 2026-11-28 with or without 20:15 or 20:15:00 behind a blank or a T, taken apart by ONNX nodes.</summary>
internal sealed class OnnxDate
{
    private const int StringOperators = 20;
    private const string Pattern = @"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?";
    private readonly OnnxGraph _graph;
    private readonly string _name;
    private readonly string[] _date;
    private readonly string[] _time;
    private int _nodes;

    /// <param name="graph">The graph that gets the nodes.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="text">The texts, a vector.</param>
    public OnnxDate(OnnxGraph graph, string name, string text)
    {
        (_graph, _name) = (graph, name);
        graph.Require(StringOperators);
        string matches = Node("RegexFullMatch", [text], ("pattern", Pattern));
        IsMissing = Node("Not", [matches]);
        string safe = Node("Where", [matches, text, Text("0001-01-01")]);

        // A time of 0:00 behind stands in where there is none; what is too much is not read.
        string[] halves = Split(Concat(safe, "T00:00:00"), "T", 2);
        string[] parts = Split(Node("StringConcat", [Concat(halves[0], " "), halves[1]]), " ", 2);
        _date = [.. Split(parts[0], "-", 3).Select(Whole)];
        _time = [.. Split(Concat(parts[1], ":00"), ":", 3).Select(Whole)];
    }

    /// <summary>Where the text is no date.</summary>
    public string IsMissing { get; }

    /// <summary>A part of the date as floats.</summary>
    public string Part(string part) => part switch
    {
        "year" => Float(_date[0]),
        "month" => Float(_date[1]),
        "day" => Float(_date[2]),
        "hour" => Node("Div", [Float(Add(Mul(Add(Mul(_time[0], 60), _time[1]), 60), _time[2])), _graph.Constant($"{_name}.secondsPerHour", [3600f])]),
        "weekday" => Float(Node("Mod", [Add(Days(), Number(1)), Number(7)])),
        _ => Float(Days()),
    };

    /// <summary>Days since 0001-01-01: whole years begin in March, in eras of 400 years (H. Hinnant, days_from_civil).</summary>
    private string Days()
    {
        string early = Node("Cast", [Node("Less", [_date[1], Number(3)])], ("to", (int)DataType.Int64));
        string year = Node("Sub", [_date[0], early]);
        string month = Node("Mod", [Add(_date[1], Number(9)), Number(12)]);
        string dayOfYear = Add(Div(Add(Mul(month, 153), Number(2)), 5), _date[2]);
        string leapDays = Add(Node("Sub", [Div(year, 4), Div(year, 100)]), Div(year, 400));
        return Add(Add(Mul(year, 365), leapDays), Add(dayOfYear, Number(-307)));
    }

    private string[] Split(string text, string delimiter, int parts)
    {
        string pieces = Node("StringSplit", [text], ("delimiter", delimiter));
        return [.. Enumerable.Range(0, parts).Select(i => Node("Gather", [pieces, _graph.Constant($"{_name}.piece", new global::Onnx.TensorProto { DataType = (int)DataType.Int64, Int64Data = { i } })], ("axis", 1)))];
    }

    private string Concat(string text, string behind) => Node("StringConcat", [text, Text(behind)]);

    private string Whole(string text) => Node("Cast", [text], ("to", (int)DataType.Int64));

    private string Float(string whole) => Node("Cast", [whole], ("to", (int)DataType.Float));

    private string Add(string x, string y) => Node("Add", [x, y]);

    private string Mul(string x, long y) => Node("Mul", [x, Number(y)]);

    private string Div(string x, long y) => Node("Div", [x, Number(y)]);

    private string Number(long value) => _graph.Constant($"{_name}.number", [value]);

    private string Text(string text) => _graph.Constant($"{_name}.text", text);

    private string Node(string operation, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        _graph.Node(operation, $"{_name}.date{++_nodes}", inputs, attributes);
}
