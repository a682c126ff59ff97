using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 train</c>: trains a model on a CSV file and saves it.</summary>
internal sealed class TrainCommand
{
    public const string Name = "train", Description = "Trains a model on a CSV file; saves it for ML.NET and as ONNX.";

    private readonly Option<string?> _file = new("--options") { Description = "JSON file with trainer and options, in camel case where the switches have hyphens: batchSize ….", HelpName = "file" };
    private readonly Option<string?> _trainer = new("--trainer")
    {
        Description = $"softmax-… for classes ({TrainerChoice.Default} by default), logistic-… for two classes, mlp-regression for numbers; an mlp is a network, the others are linear.",
        HelpName = string.Join('|', TrainerChoice.Names),
    };

    private readonly Option<(TrainerOption Option, JsonNode? Value)>[] _options = [.. TrainerOption.All.Select(CreateSwitch)];
    private readonly Option<bool> _find = new("--find-learning-rate") { Description = "Sweep the learning rate first, draw the loss over it, and train with the rate that it suggests." };
    private readonly Option<string> _output = SharedOptions.Output("Folder for model.zip, model.onnx, history.csv and training.html with the learning curves.", "model");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly TableArguments _table = new(required: true);

    public static Command Create(Screen screen)
    {
        var options = new TrainCommand();
        options._trainer.AcceptOnlyFromAmong([.. TrainerChoice.Names]);
        var command = new Command(Name, Description);
        options._table.AddTo(command);
        foreach (Option option in new Option[] { options._file, options._trainer }.Concat(options._options).Concat([options._find, options._output, options._json]))
        {
            command.Options.Add(option);
        }

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

    private TrainerChoice Choice(ParseResult parsed) => TrainerChoice.Read(
        parsed.GetValue(_file), parsed.GetValue(_trainer), _options.Select(parsed.GetValue).Where(given => given.Option is not null));

    private int Run(Screen screen, ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json);
        TrainerChoice choice = Choice(parsed);
        string folder = parsed.GetValue(_output)!;
        OutputFile.CheckWritable(folder);
        (LabeledTable table, TrainedModel model) = ProgressDisplay.Run(screen, quiet: json, progress => Train(parsed, choice, progress, cancellation));
        IReadOnlyList<string> files = model.Save(folder, parsed.GetValue(_table.Data)!);
        bool stopped = cancellation.IsCancellationRequested;
        if (json)
        {
            screen.Line(JsonText.Of(new { settings = model.Choice.ToJson(), rows = table.Rows, classes = table.Classes, epochs = model.Epochs.Count, kept = model.Kept, stopReason = model.StopReason.ToString(), warnings = model.Warnings, stopped, files }));
        }
        else
        {
            string label = choice.IsRegression ? $"numbers in {table.Label}" : Classes(table.Classes);
            screen.Line($"{table.Rows} rows, {table.Numeric.Count + table.Categorical.Count} feature columns, {label}.");
            if (model.Sweep is not null)
            {
                screen.Line(FormattableString.Invariant($"The learning rate found is {model.Choice.Options.LearningRate:G3}."));
            }

            screen.Line($"{model.Epochs.Count} epochs ({model.Reason}); the model is that of {Describe(model.Kept!, model.Metric)}.");
            screen.Line($"Wrote {string.Join(", ", files)}.");
            foreach (string warning in model.Warnings)
            {
                screen.Error.WriteLine($"ee569: warning: {warning}");
            }
        }

        if (stopped)
        {
            screen.Error.WriteLine("ee569: stopped; the model is the best so far.");
            return CommandLine.Cancelled;
        }

        return CommandLine.Success;
    }

    private (LabeledTable Table, TrainedModel Model) Train(ParseResult parsed, TrainerChoice choice, IProgressReporter progress, CancellationToken cancellation)
    {
        LabeledTable table = _table.Load(parsed, choice.IsRegression, choice.Options.ExampleWeightColumnName, progress);
        var clock = Stopwatch.StartNew();
        progress.Begin(Name, choice.Options.NumberOfEpochs);
        string metric = choice.IsRegression ? "R2" : "accuracy";
        TrainedModel model = ModelTraining.Train(
            table, choice, parsed.GetValue(_find), epoch => progress.CellDone(Name, Describe(epoch, metric), resumed: false), cancellation);
        progress.End(Name, clock.Elapsed);
        return (table, model);
    }

    private static string Classes(IReadOnlyList<string> classes)
    {
        const int Most = 10;
        string more = classes.Count > Most ? $" and {classes.Count - Most} more" : "";
        return $"{classes.Count} classes: {string.Join(", ", classes.Take(Most))}{more}";
    }

    private static string Describe(EpochRecord epoch, string metric) => epoch.ValidationLoss is { } loss
        ? FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, validation loss {loss:F4}, {metric} {epoch.ValidationMetric:P1}")
        : FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, {metric} {epoch.TrainMetric:P1}");
}
