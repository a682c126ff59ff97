using System.Diagnostics;
using System.Text.Json;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>onnxruntime through Node.js: npm brings a build that runs on any machine's processor.</summary>
internal static class OnnxRuntime
{
    private const string Package = "onnxruntime-node@1.20.1";

    private const string Script = """
        const ort = require('onnxruntime-node'), fs = require('fs');
        const [model, file] = process.argv.slice(1);
        const rows = JSON.parse(fs.readFileSync(file));
        (async () => {
          const session = await ort.InferenceSession.create(model);
          const input = new ort.Tensor('float32', Float32Array.from(rows.flat()), [rows.length, rows[0].length]);
          const result = await session.run({ [session.inputNames[0]]: input });
          console.log(JSON.stringify(Object.fromEntries(session.outputNames.map(name => [name, Array.from(result[name].data, Number)]))));
        })().catch(error => { console.error(error); process.exit(1); });
        """;

    /// <summary>Shared by all runs of these tests on the machine; it is there whole or not at all.</summary>
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "ee569-" + Package.Replace('@', '-'));

    private static readonly Lazy<string?> Problem = new(Install);

    /// <summary>Why it cannot be used here, or null.</summary>
    public static string? Missing => Problem.Value;

    /// <summary>The outputs of a model by name, flattened, for the rows in a JSON file.</summary>
    public static Dictionary<string, double[]> Run(string model, string rows)
    {
        var (exitCode, output, error) = Start(Folder, "node", "-e", Script, model, rows);
        Assert.AreEqual(0, exitCode, error);
        return JsonSerializer.Deserialize<Dictionary<string, double[]>>(output)!;
    }

    private static string? Install()
    {
        string partial = $"{Folder}.{Guid.NewGuid():N}";
        try
        {
            Start(Path.GetTempPath(), "node", "--version");
            if (Directory.Exists(Folder))
            {
                return null;
            }

            Directory.CreateDirectory(partial);

            // Its install script downloads a GPU build, which is not needed.
            var (exitCode, _, error) = Start(partial, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", Package);
            if (exitCode != 0)
            {
                return $"npm cannot install {Package}, so the ONNX files are not run: {error}";
            }

            Directory.Move(partial, Folder);
            return null;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"Node.js and npm are needed to run the ONNX files: {e.Message}";
        }
        catch (IOException) when (Directory.Exists(Folder))
        {
            return null; // another run was faster
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    private static (int ExitCode, string Output, string Error) Start(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
