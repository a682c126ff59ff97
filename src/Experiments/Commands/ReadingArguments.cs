using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary>The options that tell how a table is written, where that is not recognised.</summary>
internal sealed class ReadingArguments
{
    private readonly Option<string?> _separator = new("--separator") { Description = "What stands between cells, such as ';' or tab (recognised).", HelpName = "character" };
    private readonly Option<string?> _decimal = new("--decimal") { Description = "What divides the decimals: point or comma (recognised).", HelpName = "mark" };
    private readonly Option<string?> _encoding = new("--encoding") { Description = "The encoding of the text, such as windows-1252 (UTF-8, or what the byte order mark says).", HelpName = "name" };
    private readonly Option<string[]> _missing = Words("--missing", "What stands for a missing value, beside an empty cell, in place of NA, ? and the like.", "words");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _separator, _decimal, _encoding, _missing })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says.</summary>
    public TableSettings Of(ParseResult parsed) => new()
    {
        Separator = parsed.GetValue(_separator),
        Decimal = parsed.GetValue(_decimal),
        Encoding = parsed.GetValue(_encoding),
        Missing = Named(parsed, _missing),
    };

    /// <summary>An option of several words.</summary>
    public static Option<string[]> Words(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

    /// <summary>The words of an option, or null when it is left out.</summary>
    public static string[]? Named(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 } words ? words : null;
}
