using System.CommandLine;
using System.Diagnostics;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 train</c>: trains a model on a CSV file and saves it.</summary>
internal sealed class TrainCommand
{
    private const string Training = "train";

    private readonly Option<string?> _file = new("--options") { Description = "JSON file with the settings below, named as there: trainer, hiddenLayers, epochs ….", HelpName = "file" };
    private readonly Option<string?> _trainer = new("--trainer") { Description = "softmax-mlp (a network, the default) or softmax-regression (linear) for classes, mlp-regression for numbers." };
    private readonly Option<int[]?> _hidden = new("--hidden-layers") { Description = "Width of each hidden layer.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _activation = new("--activation") { Description = "The function after every hidden layer (relu)." };
    private readonly Option<string?> _optimizer = new("--optimizer") { Description = "How a gradient becomes a step (adam)." };
    private readonly Option<string?> _schedule = new("--schedule") { Description = "How the learning rate moves (constant)." };
    private readonly Option<bool?> _balance = new("--balance-classes") { Description = "Let all classes count the same, however many rows they have." };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "The most passes over the data." };
    private readonly Option<int?> _batch = new("--batch-size") { Description = "Examples for each gradient step." };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "The step size." };
    private readonly Option<bool> _find = new("--find-learning-rate") { Description = "Sweep the learning rate first, draw the loss over it, and train with the rate that it suggests." };
    private readonly Option<double?> _l2 = new("--l2") { Description = "Penalty on the squares of the weights." };
    private readonly Option<double?> _dropout = new("--dropout") { Description = "Share of hidden values dropped in training." };
    private readonly Option<double?> _validation = new("--validation-fraction") { Description = "Share of the rows held out to decide when to stop." };
    private readonly Option<int?> _patience = new("--patience") { Description = "Epochs without progress before training stops; 0 trains to the end." };
    private readonly Option<int?> _seed = new("--seed") { Description = "Governs all random numbers." };
    private readonly Option<string> _output = SharedOptions.Output("Folder for model.zip, model.onnx, history.csv and training.html with the learning curves.", "model");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly TableArguments _table = new(required: true);

    public static Command Create(Screen screen)
    {
        var options = new TrainCommand();
        options._trainer.AcceptOnlyFromAmong([.. TrainingChoices.Trainers]);
        options._activation.AcceptOnlyFromAmong([.. TrainingChoices.Activations.Keys]);
        options._optimizer.AcceptOnlyFromAmong([.. TrainingChoices.Optimizers.Keys]);
        options._schedule.AcceptOnlyFromAmong([.. TrainingChoices.LearningRateSchedules.Keys]);
        var command = new Command("train", "Trains a model on a CSV file; saves it for ML.NET and as ONNX.");
        options._table.AddTo(command);
        foreach (Option option in new Option[]
        {
            options._file, options._trainer, options._hidden, options._activation, options._optimizer, options._schedule, options._balance, options._epochs, options._batch, options._rate, options._find, options._l2, options._dropout,
            options._validation, options._patience, options._seed, options._output, options._json,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(screen, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private TrainingSettings Settings(ParseResult parsed)
    {
        TrainingSettings file = parsed.GetValue(_file) is { } path ? TrainingSettings.Read(path) : new TrainingSettings();
        return file with
        {
            Trainer = parsed.GetValue(_trainer) ?? file.Trainer,
            HiddenLayers = parsed.GetValue(_hidden) is { Length: > 0 } hidden ? hidden : file.HiddenLayers,
            Activation = parsed.GetValue(_activation) ?? file.Activation,
            Optimizer = parsed.GetValue(_optimizer) ?? file.Optimizer,
            Schedule = parsed.GetValue(_schedule) ?? file.Schedule,
            BalanceClasses = parsed.GetValue(_balance) ?? file.BalanceClasses,
            Epochs = parsed.GetValue(_epochs) ?? file.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? file.BatchSize,
            LearningRate = parsed.GetValue(_rate) ?? file.LearningRate,
            L2 = parsed.GetValue(_l2) ?? file.L2,
            Dropout = parsed.GetValue(_dropout) ?? file.Dropout,
            ValidationFraction = parsed.GetValue(_validation) ?? file.ValidationFraction,
            Patience = parsed.GetValue(_patience) ?? file.Patience,
            Seed = parsed.GetValue(_seed) ?? file.Seed,
        };
    }

    private int Run(Screen screen, ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json);
        TrainingSettings settings = Settings(parsed);
        string folder = parsed.GetValue(_output)!;
        OutputFile.CheckWritable(folder);
        (LabeledTable table, TrainedModel model) = ProgressDisplay.Run(screen, quiet: json, progress => Train(parsed, settings, progress, cancellation));
        IReadOnlyList<string> files = model.Save(folder, parsed.GetValue(_table.Data)!);
        bool stopped = cancellation.IsCancellationRequested;
        if (json)
        {
            screen.Line(JsonText.Of(new { model.Settings, rows = table.Rows, classes = table.Classes, epochs = model.Epochs.Count, kept = model.Kept, stopReason = model.StopReason.ToString(), warnings = model.Warnings, stopped, files }));
        }
        else
        {
            string label = settings.IsRegression ? $"numbers in {table.Label}" : Classes(table.Classes);
            screen.Line($"{table.Rows} rows, {table.Numeric.Count + table.Categorical.Count} feature columns, {label}.");
            if (model.Sweep is not null)
            {
                screen.Line(FormattableString.Invariant($"The learning rate found is {model.Settings.LearningRate:G3}."));
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

    private (LabeledTable Table, TrainedModel Model) Train(ParseResult parsed, TrainingSettings settings, IProgressReporter progress, CancellationToken cancellation)
    {
        LabeledTable table = _table.Load(parsed, settings.IsRegression, progress);
        var clock = Stopwatch.StartNew();
        progress.Begin(Training, settings.Epochs);
        string metric = settings.IsRegression ? "R2" : "accuracy";
        TrainedModel model = ModelTraining.Train(
            table, settings, parsed.GetValue(_find), epoch => progress.CellDone(Training, Describe(epoch, metric), resumed: false), cancellation);
        progress.End(Training, clock.Elapsed);
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
