using Spectre.Console;
using Spectre.Console.Rendering;

namespace EE569.Experiments.Terminal;

/// <summary>Where the program writes: results to the output, progress to the error stream; plain text when a stream is redirected.</summary>
internal sealed class Screen
{
    private const int RedirectedWidth = 1000;

    private readonly IAnsiConsole _output;

    public Screen(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        Output = output;
        Error = error;
        OutputIsTerminal = outputIsTerminal;
        _output = CreateConsole(output, outputIsTerminal);
        Progress = CreateConsole(error, errorIsTerminal);
        ErrorIsTerminal = errorIsTerminal;
    }

    /// <summary>Shows nothing: that of a process whose results another prints.</summary>
    public static Screen Silent { get; } = new(TextWriter.Null, TextWriter.Null, outputIsTerminal: false, errorIsTerminal: false);

    /// <summary>Those of a process that a launcher has started: Open MPI's gives it a terminal, which is none of the user's, and which .NET would greet with a control sequence.</summary>
    public static Screen OfRank()
    {
        Environment.SetEnvironmentVariable("TERM", "dumb");
        return new(Console.Out, Console.Error, outputIsTerminal: false, errorIsTerminal: false);
    }

    /// <summary>The process's own streams.</summary>
    public static Screen OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public bool OutputIsTerminal { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>The error stream, for progress bars.</summary>
    public IAnsiConsole Progress { get; }

    public void Line(string text = "") => Output.WriteLine(text);

    public void Heading(string text)
    {
        if (OutputIsTerminal)
        {
            _output.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
        }
        else
        {
            Output.WriteLine($"== {text} ==");
        }
    }

    /// <summary>Draws the table: with lines on a terminal, with columns apart by spaces otherwise.</summary>
    public void Table(Results.Table table)
    {
        var drawing = new Spectre.Console.Table { Border = OutputIsTerminal ? TableBorder.Rounded : TableBorder.None };
        for (int i = 0; i < table.Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(table.Columns[i].Name)) { Padding = new Padding(0, 0, 2, 0), NoWrap = !OutputIsTerminal };
            bool numeric = table.Rows.Any(row => row[i] is double or float or int or long);
            drawing.AddColumn(numeric ? column.RightAligned() : column);
        }

        foreach (object?[] row in table.Rows)
        {
            drawing.AddRow(row.Select((cell, i) => (IRenderable)new Text(table.Display(cell, i))));
        }

        if (table.Title != table.Name)
        {
            Output.WriteLine(table.Title);
        }

        _output.Write(drawing);
        Output.WriteLine();
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
