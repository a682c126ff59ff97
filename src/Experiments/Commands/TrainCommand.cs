using System.CommandLine;
using EE569.Engine.Training;
using EE569.Experiments.Data.Csv;
using EE569.Experiments.Models;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 train</c>: trains a classifier on a CSV file and saves it.</summary>
internal sealed class TrainCommand
{
    private readonly Option<string?> _file = new("--options") { Description = "JSON file with the settings below, named as there: trainer, hiddenLayers, epochs ….", HelpName = "file" };
    private readonly Option<string?> _trainer = new("--trainer") { Description = "softmax-mlp (a network, the default) or softmax-regression (linear)." };
    private readonly Option<int[]?> _hidden = new("--hidden-layers") { Description = "Width of each hidden layer.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "The most passes over the data." };
    private readonly Option<int?> _batch = new("--batch-size") { Description = "Examples for each gradient step." };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "The step size." };
    private readonly Option<double?> _l2 = new("--l2") { Description = "Penalty on the squares of the weights." };
    private readonly Option<double?> _dropout = new("--dropout") { Description = "Share of hidden values dropped in training." };
    private readonly Option<double?> _validation = new("--validation-fraction") { Description = "Share of the rows held out to decide when to stop." };
    private readonly Option<int?> _patience = new("--patience") { Description = "Epochs without progress before training stops; 0 trains to the end." };
    private readonly Option<int?> _seed = new("--seed") { Description = "Governs all random numbers." };
    private readonly Option<string> _output = SharedOptions.Output("Folder for model.zip, model.onnx and history.csv.", "model");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly TableArguments _table = new(required: true);

    public static Command Create(Screen screen)
    {
        var options = new TrainCommand();
        options._trainer.AcceptOnlyFromAmong(TrainingSettings.SoftmaxMlp, TrainingSettings.SoftmaxRegression);
        var command = new Command("train", "Trains a classifier on a CSV file; saves it for ML.NET and as ONNX.");
        options._table.AddTo(command);
        foreach (Option option in new Option[]
        {
            options._file, options._trainer, options._hidden, options._epochs, options._batch, options._rate, options._l2, options._dropout,
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
        if (!json)
        {
            screen.Line(MLNetVersion.Describe());
        }

        TrainingSettings settings = Settings(parsed);
        LabeledTable table = _table.Load(parsed);
        TrainedModel model = ProgressDisplay.Run(screen, quiet: json, progress =>
        {
            progress.Begin("train", settings.Epochs);
            TrainedModel trained = ModelTraining.Train(table, settings, epoch => progress.CellDone("train", Describe(epoch), resumed: false), cancellation);
            progress.End("train", TimeSpan.FromSeconds(trained.Epochs.Sum(epoch => epoch.Seconds)));
            return trained;
        });
        IReadOnlyList<string> files = model.Save(parsed.GetValue(_output)!);
        EpochRecord best = model.Epochs.MinBy(epoch => epoch.ValidationLoss ?? epoch.TrainLoss)!;
        if (json)
        {
            screen.Line(JsonText.Of(new { settings, rows = table.Rows, classes = table.Classes, best, files }));
            return CommandLine.Success;
        }

        screen.Line($"{table.Rows} rows, {table.Numeric.Count + table.Categorical.Count} feature columns, classes {string.Join(", ", table.Classes)}.");
        screen.Line($"{model.Epochs.Count} epochs; the best is {Describe(best)}.");
        screen.Line($"Wrote {string.Join(", ", files)}.");
        return cancellation.IsCancellationRequested ? CommandLine.Cancelled : CommandLine.Success;
    }

    private static string Describe(EpochRecord epoch) => epoch.ValidationLoss is { } loss
        ? FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, validation loss {loss:F4}, accuracy {epoch.ValidationMetric:P1}")
        : FormattableString.Invariant($"epoch {epoch.Epoch}, loss {epoch.TrainLoss:F4}, accuracy {epoch.TrainMetric:P1}");
}
