using System.Diagnostics;
using System.Text.Json;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>onnxruntime through Node.js: npm brings a build that runs on any machine's processor.</summary>
internal static class OnnxRuntime
{
    private const string Package = "onnxruntime-node@1.20.1";

    private const string Script = """
        const ort = require('onnxruntime-node'), fs = require('fs');
        const [model, file] = process.argv.slice(2);
        const rows = JSON.parse(fs.readFileSync(file));
        (async () => {
          const session = await ort.InferenceSession.create(model);
          const input = new ort.Tensor('float32', Float32Array.from(rows.flat()), [rows.length, rows[0].length]);
          const result = await session.run({ [session.inputNames[0]]: input });
          console.log(JSON.stringify(Object.fromEntries(session.outputNames.map(name => [name, Array.from(result[name].data, Number)]))));
        })().catch(error => { console.error(error); process.exit(1); });
        """;

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "ee569-onnxruntime");

    private static readonly Lazy<string?> Problem = new(Install);

    /// <summary>Why it cannot be used here, or null.</summary>
    public static string? Missing => Problem.Value;

    /// <summary>The outputs of a model by name, flattened, for the rows in a JSON file.</summary>
    public static Dictionary<string, double[]> Run(string model, string rows)
    {
        var (exitCode, output, error) = Start("node", Path.Combine(Folder, "run.js"), model, rows);
        Assert.AreEqual(0, exitCode, error);
        return JsonSerializer.Deserialize<Dictionary<string, double[]>>(output)!;
    }

    private static string? Install()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, "run.js"), Script);
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node")))
            {
                // Its install script downloads a GPU build, which is not needed.
                var (exitCode, _, error) = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", Package);
                return exitCode == 0 ? null : $"npm cannot install {Package}, so the ONNX files are not run: {error}";
            }

            return null;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"Node.js and npm are needed to run the ONNX files: {e.Message}";
        }
    }

    private static (int ExitCode, string Output, string Error) Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
