using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 train</c>: trains a model on a table and saves it.</summary>
internal sealed class TrainCommand
{
    public const string Name = "train", Description = "Trains a model on a table; saves it for ML.NET and as ONNX.";

    private readonly Option<string?> _file = new("--options") { Description = "JSON file with trainer, options and what is said of the table, in camel case where the switches have hyphens: batchSize, numeric ….", HelpName = "file" };
    private readonly Option<string?> _task = SharedOptions.Task();
    private readonly Option<string?> _trainer = new("--trainer")
    {
        Description = $"softmax-… for classes ({TrainerChoice.Default} by default), logistic-… for two classes, mlp-regression for numbers; an mlp is a network, the first two are linear; tabm and real-mlp are networks that need no scaling, for classes or with -regression for numbers.",
        HelpName = string.Join('|', TrainerChoice.Names),
    };

    private readonly Option<(TrainerOption Option, JsonNode? Value)>[] _options = [.. TrainerOption.All.Select(CreateSwitch)];
    private readonly Option<bool> _best = new("--best") { Description = "Train eight networks that each validate on their own eighth of the rows (--folds 8), and where no trainer is named tabm or tabm-regression: slower, and the best of the library." };
    private readonly Option<bool> _find = new("--find-learning-rate") { Description = "Sweep the learning rate first, draw the loss over it, and train with the rate that it suggests." };
    private readonly Option<string?> _board = new("--tensorboard") { Description = "Folder for event files, which TensorBoard draws while they grow.", HelpName = "folder" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Serve the page with the learning curves on 127.0.0.1 while it trains, with a button that stops." };
    private readonly Option<int?> _port = new("--port") { Description = "The port of --watch; any that is free when left out.", HelpName = "number" };
    private readonly Option<string> _output = SharedOptions.Output("Folder for model.zip, model.onnx, history.csv, training.html with the learning curves and model.html, which tells how good the model is and what it makes of the columns.", "model");
    private readonly Option<bool> _noCard = new("--no-card") { Description = "Leave out model.html." };
    private readonly Option<bool> _mpi = new("--mpi") { Description = "Train together with the processes that a launcher of MPI has started; not needed with mpirun." };
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly TableArguments _table = new(required: true);

    public static Command Create(Screen screen)
    {
        var options = new TrainCommand();
        options._trainer.AcceptOnlyFromAmong([.. TrainerChoice.Names]);
        var command = new Command(Name, Description);
        options._table.AddTo(command);
        foreach (Option option in new Option[] { options._file, options._task, options._trainer }.Concat(options._options).Concat([options._best, options._find, options._watch, options._port, options._board, options._output, options._noCard, options._mpi, options._json]))
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(options._port) is { } port && (port is < 0 or > ushort.MaxValue || !result.GetValue(options._watch)))
            {
                result.AddError(port is < 0 or > ushort.MaxValue ? $"--port must be 0 to {ushort.MaxValue}, it is {port}." : "--port belongs to --watch.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(screen, parsed, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The switch of an option. Its value stays JSON until the trainer, and so the type of its options, is known.</summary>
    private static Option<(TrainerOption Option, JsonNode? Value)> CreateSwitch(TrainerOption option) => new(option.Switch)
    {
        Description = option.Help,
        HelpName = option.HelpName,
        Arity = option.IsList ? ArgumentArity.ZeroOrMore : option.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        AllowMultipleArgumentsPerToken = option.IsList,
        CustomParser = result =>
        {
            try
            {
                return (option, option.Parse([.. result.Tokens.Select(token => token.Value)]));
            }
            catch (UserException exception)
            {
                result.AddError(exception.Message);
                return default;
            }
        },
    };

    private TrainerChoice Choice(ParseResult parsed, bool isRegression) => TrainerChoice.Read(
        parsed.GetValue(_file), parsed.GetValue(_trainer), _options.Select(parsed.GetValue).Where(given => given.Option is not null), isRegression, parsed.GetValue(_best));

    private int Run(Screen screen, ParseResult parsed, CancellationToken cancellation)
    {
        using Ranks? ranks = Ranks.Join(parsed.GetValue(_mpi));
        return ranks is null ? Run(screen, parsed, null, cancellation) : ranks.Guard(() => Run(ranks.IsFirst ? screen : Screen.Silent, parsed, ranks, cancellation));
    }

    private int Run(Screen screen, ParseResult parsed, Ranks? ranks, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json);
        string folder = parsed.GetValue(_output)!;
        string data = parsed.GetValue(_table.Data)!;
        using TrainingServer? server = parsed.GetValue(_watch) && ranks is not { IsFirst: false } ? TrainingServer.Start(parsed.GetValue(_port) ?? 0, data, cancellation) : null;
        if (server is not null)
        {
            screen.Error.WriteLine($"ee569: watch the training at {server.Address}");
        }

        CancellationToken stop = server?.Stopped ?? cancellation;
        (LabeledTable table, TrainedModel model) = ProgressDisplay.Run(screen, quiet: json, progress => Train(parsed, ranks, server, progress, stop));
        if (ranks is { IsFirst: false })
        {
            return CommandLine.Success;
        }

        (IReadOnlyList<string> files, IReadOnlyList<string> ofFiles) = model.Save(folder, data, table);
        if (!parsed.GetValue(_noCard))
        {
            try
            {
                files = [.. files, new ModelCard(model, table, data, Typed(parsed)).Write(folder)];
            }
            catch (UserException exception)
            {
                ofFiles = [.. ofFiles, $"there is no model.html: {exception.Message}"];
            }
        }

        server?.Finish(Path.Combine(folder, TrainingPage.FileName));
        IReadOnlyList<string> notes = [.. table.Notes, .. ofFiles];
        bool stopped = stop.IsCancellationRequested;
        if (json)
        {
            screen.Line(JsonText.Of(new { settings = model.Choice.ToJson(), task = table.IsRegression ? TableSettings.Regression : TableSettings.Classification, dialect = table.Dialect, columns = ColumnReport.Json(table, model.Preparation), notes, rows = table.Rows, classes = table.Classes, epochs = model.Epochs.Count, kept = model.Kept, stopReason = model.Ending.ToString(), warnings = model.Warnings, stopped, files }));
        }
        else
        {
            foreach (string line in ColumnReport.Lines(table, model.Preparation))
            {
                screen.Line(line);
            }

            screen.Line($"{table.Rows} rows, {model.Preparation.Columns.Count(ColumnReport.IsUsed)} feature columns ({model.Preparation.Columns.Sum(column => column.SlotCount)} features), {(table.IsRegression ? $"numbers in {table.Label}" : Classes(table.Classes))}.");
            SharedOptions.Notes(screen, notes);
            if (model.Sweep is not null)
            {
                screen.Line(FormattableString.Invariant($"The learning rate found is {model.Choice.Options.LearningRate:G3}."));
            }

            screen.Line($"{model.Epochs.Count} epochs ({model.Reason}); the model is {Describe(model)}.");
            screen.Line($"Wrote {string.Join(", ", files)}.");
            foreach (string warning in model.Warnings)
            {
                screen.Error.WriteLine($"ee569: warning: {warning}");
            }
        }

        if (stopped)
        {
            screen.Error.WriteLine("ee569: stopped; the model is the best so far.");
        }

        return cancellation.IsCancellationRequested ? CommandLine.Cancelled : CommandLine.Success;
    }

    private (LabeledTable Table, TrainedModel Model) Train(ParseResult parsed, Ranks? ranks, TrainingServer? server, IProgressReporter progress, CancellationToken cancellation)
    {
        bool isFirst = ranks is not { IsFirst: false };
        string? board = parsed.GetValue(_board);
        (LabeledTable table, TrainerChoice choice) = Ranks.Together(ranks, () =>
        {
            if (isFirst)
            {
                OutputFile.CheckWritable(parsed.GetValue(_output)!);
                if (board is not null)
                {
                    OutputFile.CheckWritable(board, _board.Name);
                }
            }

            return Load(parsed, progress);
        });
        choice.Options.Communicator = ranks?.Communicator;
        var clock = Stopwatch.StartNew();
        if (choice.Options is LinearTrainerOptions linear)
        {
            linear.NumberOfEpochs = linear.EpochsFor(table.Rows); // to tell how far it is
        }

        double several = choice.Epochs / Math.Max(1, choice.Options.NumberOfEpochs ?? 1);
        progress.Begin(Name, choice.Epochs);
        string metric = choice.IsRegression ? "R2" : "accuracy";
        Action<EpochProgress> onEpoch = epoch => progress.CellDone(Name, $"{(several > 1 ? $"network {epoch.Record.Network} of {several}, " : "")}{Describe(epoch.Record, metric)}", resumed: false);
        if (server is not null)
        {
            onEpoch += epoch => server.Show(choice, epoch.Record);
        }

        if (board is not null && isFirst)
        {
            Action<EpochProgress> write = TensorBoard.Write(board);
            onEpoch += epoch => OutputFile.Guard(board, () => write(epoch), _board.Name);
        }

        TrainedModel model = ModelTraining.Train(table, choice, parsed.GetValue(_find), onEpoch, cancellation);
        progress.End(Name, clock.Elapsed);
        return (table, model);
    }

    private (LabeledTable Table, TrainerChoice Choice) Load(ParseResult parsed, IProgressReporter progress)
    {
        TableSettings said = TableSettings.Read(parsed.GetValue(_file)) is var file && parsed.GetValue(_task) is { } task ? file with { Task = task } : file;
        TrainerChoice choice = Choice(parsed, said.Task == TableSettings.Regression);
        bool? isRegression = said.Task is null ? choice.IsNamed ? choice.IsRegression : null : said.Task == TableSettings.Regression;
        LabeledTable table = _table.Load(parsed, isRegression, choice.Options.ExampleWeightColumnName, said, progress);
        if (choice.IsRegression != table.IsRegression)
        {
            choice = choice.IsNamed ? throw new UserException($"The trainer {choice.Trainer} is not for {said.Task}: name another, or none.") : Choice(parsed, table.IsRegression);
        }

        return (table, choice);
    }

    /// <summary>The command as a shell takes it.</summary>
    private static string Typed(ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("ee569")
        .Select(word => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    private static string Classes(IReadOnlyList<string> classes)
    {
        const int Most = 10;
        string more = classes.Count > Most ? $" and {classes.Count - Most} more" : "";
        return $"{classes.Count} classes: {string.Join(", ", classes.Take(Most))}{more}";
    }

    private static string Describe(TrainedModel model) => model.Kept is [var only] ? $"that of {Describe(only, model.Metric)}"
        : FormattableString.Invariant($"{model.KeptInWords}, validation loss {model.Kept.Average(TrainingCourse.LossOf):F4} and {model.Metric} {model.Kept.Average(epoch => epoch.ValidationMetric):P1} on average");

    private static string Describe(EpochRecord epoch, string metric) => epoch.ValidationLoss is { } loss
        ? FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, validation loss {loss:F4}, {metric} {epoch.ValidationMetric:P1}")
        : FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, {metric} {epoch.TrainMetric:P1}");
}
