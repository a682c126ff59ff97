using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Python's csv module, which reads a file beside ours: one process for all cases.</summary>
internal sealed class PythonCsv : IDisposable
{
    /// <summary>Answers each line on standard input, which names a file and its dialect, with its rows and its cells that are plain numbers, as floats.</summary>
    private const string Program = """
        import csv, gzip, io, json, math, re, struct, sys
        plain = re.compile(r'[+-]?(0|[1-9][0-9]*|[0-9]*\.[0-9]+|[0-9]+\.)([eE][+-]?[0-9]+)?')
        def number(cell):
            if not plain.fullmatch(cell.strip(' \t\r\n\f\v')): return None
            try: value = struct.unpack('f', struct.pack('f', float(cell)))[0]
            except OverflowError: return None
            return value if math.isfinite(value) else None
        for line in sys.stdin:
            case = json.loads(line)
            data = open(case['path'], 'rb').read()
            if case['isGzip']: data = gzip.decompress(data)
            try:
                text = io.StringIO(data.decode(case['encoding']), newline='')
                rows = [row for row in csv.reader(text, delimiter=case['separator'], skipinitialspace=case['hasBlanks']) if row]
                print(json.dumps({'rows': rows, 'numbers': [[number(cell) for cell in row] for row in rows]}), flush=True)
            except (csv.Error, UnicodeError) as error:
                print(json.dumps({'error': str(error)}), flush=True)
        """;

    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Process _process = Process.Start(new ProcessStartInfo("python3", ["-c", Program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public Answer Read(string path, string encoding, char separator, bool hasBlanks, bool isGzip)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { path, encoding, separator, hasBlanks, isGzip }, options));
        _process.StandardInput.Flush();
        return JsonSerializer.Deserialize<Answer>(_process.StandardOutput.ReadLine()!, options)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What Python read.</summary>
    /// <param name="Rows">The rows, the header first; empty lines are left out.</param>
    /// <param name="Numbers">For each cell the number in single precision, or null when it is no plain one.</param>
    /// <param name="Error">Why it read nothing, or null.</param>
    internal sealed record Answer(string[][] Rows, float?[][] Numbers, string? Error);
}
