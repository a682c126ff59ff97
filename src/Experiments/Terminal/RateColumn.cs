using Spectre.Console;
using Spectre.Console.Rendering;

namespace EE569.Experiments.Terminal;

/// <summary>How much of the task is done in a second: cells, epochs, rows or megabytes.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? $"{speed.ToString(speed < 100 ? "G2" : "F0", CultureInfo.InvariantCulture)}/s" : "", Color.Grey);
}
