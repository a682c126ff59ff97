using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EE569.Experiments.Terminal;

/// <summary>Cells per second.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:G2}/s") : "", Color.Grey);
}
