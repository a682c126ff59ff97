using System.CommandLine;
using System.CommandLine.Parsing;

namespace EE569.Experiments.Commands;

/// <summary>The command <c>ee569</c>: parses, runs, and turns every error into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A fault of the program.</summary>
    public const int Fault = 1;

    /// <summary>The user can put it right.</summary>
    public const int UserError = 2;

    /// <summary>Stopped by Ctrl-C, as shells expect it.</summary>
    public const int Cancelled = 130;

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Tell where in the program an error came up.", Recursive = true };

    /// <summary>Parses and runs; whatever goes wrong on the way is one line here, and here only.</summary>
    public static async Task<int> RunAsync(string[] arguments, Screen screen)
    {
        try
        {
            return await ParseAndRun(arguments, screen);
        }
        catch (OperationCanceledException)
        {
            screen.Error.WriteLine("ee569: stopped.");
            return Cancelled;
        }
        catch (Exception exception)
        {
            // What reflection or several tasks wrap says nothing by itself.
            Exception cause = exception is AggregateException or System.Reflection.TargetInvocationException ? exception.GetBaseException() : exception;
            bool isUsers = cause is UserException or IOException or UnauthorizedAccessException, verbose = arguments.Any(argument => argument.StartsWith(Verbose.Name, StringComparison.Ordinal));
            string hint = isUsers || verbose ? "" : $" This is a fault of the program ({cause.GetType().Name}); --verbose tells where.";
            screen.Error.WriteLine($"ee569: {cause.Message.ReplaceLineEndings(" ")}{hint}");
            if (verbose)
            {
                screen.Error.WriteLine(exception);
            }

            return isUsers ? UserError : Fault;
        }
    }

    private static Task<int> ParseAndRun(string[] arguments, Screen screen)
    {
        // The options of train are read from the library and its documentation, a tenth of a second that no other command needs. (A word with @ names a file of more words.)
        bool trains = arguments.Any(argument => argument.Contains(TrainCommand.Name, StringComparison.Ordinal) || argument.StartsWith('@'));
        ParseResult parsed = Parse(CreateRootCommand(screen, trains), arguments);
        if (parsed.Errors is [ParseError first, ..])
        {
            // A misspelt name is told before what is missing because of it.
            string message = parsed.UnmatchedTokens is [string unknown, ..] ? $"'{unknown}' is no command or option." : string.Join(' ', first.Message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
            screen.Error.WriteLine($"ee569: {message} See 'ee569 {CommandPath(parsed)}--help'.");
            return Task.FromResult(UserError);
        }

        // Other commands of several processes are the first one's.
        if (Ranks.Launched > 0 && parsed.CommandResult.Command.Name is not (TrainCommand.Name or CompareCommand.Name))
        {
            return Task.FromResult(Success);
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = screen.Output,
            Error = screen.Error,

            // A cancelled run still saves what it has: do not cut it short.
            ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
        };
        return parsed.InvokeAsync(configuration);
    }

    /// <summary>Parses; a check of several options throws when it reads one that has no value, before that one's own error is told.</summary>
    private static ParseResult Parse(RootCommand root, string[] arguments)
    {
        try
        {
            return root.Parse(arguments);
        }
        catch (InvalidOperationException exception)
        {
            throw new UserException(exception.Message, exception);
        }
    }

    private static RootCommand CreateRootCommand(Screen screen, bool trains) => new("Neural and mini-batch trainers for ML.NET: studies, and training on a CSV file of your own.")
    {
        ListCommand.Create(screen),
        ReproduceCommand.Create(screen),
        CompareCommand.Create(screen),
        trains ? TrainCommand.Create(screen) : new Command(TrainCommand.Name, TrainCommand.Description),
        EvaluateCommand.Create(screen),
        PredictCommand.Create(screen),
        InspectCommand.Create(screen),
        CompletionCommand.Create(screen),
        Verbose,
    };

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
}
