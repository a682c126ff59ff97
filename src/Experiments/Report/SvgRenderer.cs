using System.Diagnostics;
using EE569.Experiments.Results;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Report;

/// <summary>Draws figures as SVG files with Vega in Node.js.</summary>
internal static class SvgRenderer
{
    /// <summary>Arguments: vega's file, vega-lite's file, then pairs of a specification and the SVG file to write. Prints the file's name when it is written.</summary>
    private const string Script = """
        const fs = require('fs');
        const [vegaFile, vegaLiteFile, ...files] = process.argv.slice(1);
        const vm = require('vm');
        globalThis.exports = globalThis.module = undefined; // so that the libraries define globals, as in a browser
        for (const file of [vegaFile, vegaLiteFile]) vm.runInThisContext(fs.readFileSync(file, 'utf8'));
        (async () => {
          for (let i = 0; i < files.length; i += 2) {
            const specification = JSON.parse(fs.readFileSync(files[i], 'utf8'));
            if (specification.width === 'container') specification.width = 560;
            const compiled = vegaLite.compile({ background: 'white', ...specification }).spec;
            fs.writeFileSync(files[i + 1], await new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG());
            console.log(files[i + 1]);
          }
        })().catch(error => { console.error(String(error)); process.exit(1); });
        """;

    public static void Render(string folder, IReadOnlyList<CompletedStudy> completed, IProgressReporter progress)
    {
        const string Drawing = "drawing figures";
        string[] libraries = [.. VegaLibraries.All.Take(2).Select(VegaLibraries.PathOf).OfType<string>()];
        if (libraries.Length < 2)
        {
            throw new UserException("--svg needs the npm packages vega and vega-lite, and npm could not bring them. Install Node.js, or leave --svg out.");
        }

        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(Script);
        foreach (string argument in libraries.Concat(completed.SelectMany(study => study.Result.Figures.SelectMany(figure => Files(folder, study.Study.Id, figure)))))
        {
            start.ArgumentList.Add(Path.GetFullPath(argument));
        }

        try
        {
            var clock = Stopwatch.StartNew();
            progress.Begin(Drawing, completed.Sum(study => study.Result.Figures.Count), "figures");
            using Process node = Process.Start(start)!;
            Task<string> complaints = node.StandardError.ReadToEndAsync();
            while (node.StandardOutput.ReadLine() is not null)
            {
                progress.Advance(Drawing, 1);
            }

            string errors = complaints.GetAwaiter().GetResult();
            node.WaitForExit();
            progress.End(Drawing, clock.Elapsed);
            if (node.ExitCode != 0)
            {
                throw new UserException($"Node.js could not draw the figures: {errors.Trim().ReplaceLineEndings(" ")}");
            }
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new UserException("--svg needs Node.js, which was not found. Install it, or leave --svg out.", exception);
        }
    }

    private static string[] Files(string folder, string study, Figure figure) =>
        [Path.Combine(folder, ResultFolder.SpecificationPath(study, figure)), Path.Combine(folder, $"{study}/{figure.Id}.svg")];
}
