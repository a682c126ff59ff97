using System.Diagnostics;
using System.Text.Json;

namespace EE569.Trainers.Tests.Onnx;

/// <summary>
/// Runs ONNX files in Microsoft's onnxruntime by way of node: an implementation that knows nothing of this library. The npm package is installed
/// once per machine, in the folder for temporary files. Where node, npm or the package cannot be had, the test is inconclusive and says so.
/// </summary>
internal static class OnnxRuntimeNode
{
    private const string Package = "onnxruntime-node@1.30.0";
    private static readonly TimeSpan timeLimit = TimeSpan.FromMinutes(4);
    private static readonly Lazy<string> folder = new(Install);

    // Reads {file, input, columns, values} from the standard input; writes {output: [numbers]}. Booleans and 64-bit integers become numbers.
    private const string Script =
        """
        const ort = require('onnxruntime-node');
        const {file, input, columns, values} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        ort.InferenceSession.create(file).then(async session => {
          const tensor = new ort.Tensor('float32', Float32Array.from(values), [values.length / columns, columns]);
          const outputs = await session.run({[input]: tensor});
          const numbers = Object.entries(outputs).map(([name, value]) => [name, Array.from(value.data, Number)]);
          console.log(JSON.stringify(Object.fromEntries(numbers)));
        }).catch(error => { console.error(error.message); process.exit(1); });
        """;

    /// <summary>The outputs of a network by name, row after row.</summary>
    /// <param name="file">The ONNX file.</param>
    /// <param name="input">The name of its only input.</param>
    /// <param name="rows">The rows it reads.</param>
    public static Dictionary<string, double[]> Run(string file, string input, IReadOnlyList<float[]> rows)
    {
        string request = JsonSerializer.Serialize(new { file = Path.GetFullPath(file), input, columns = rows[0].Length, values = rows.SelectMany(row => row) });
        (int exitCode, string output, string error) = Execute(folder.Value, "node", ["-e", Script], request);
        Assert.AreEqual(0, exitCode, $"onnxruntime refuses {file}: {error}");
        return JsonSerializer.Deserialize<Dictionary<string, double[]>>(output)!;
    }

    /// <summary>The lock is a file that only one process can have open: test projects may run side by side.</summary>
    private static string Install()
    {
        string place = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "ee569-" + Package.Replace('@', '-'))).FullName;
        using FileStream installing = Lock(Path.Combine(place, "lock"));
        string complete = Path.Combine(place, "complete");
        if (!File.Exists(complete))
        {
            // The install script would fetch the GPU libraries; the package brings those for the processor.
            string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            (int exitCode, _, string error) = Execute(place, npm, ["install", "--ignore-scripts", "--no-audit", "--no-fund", Package], "");
            if (exitCode != 0)
            {
                Assert.Inconclusive($"npm cannot install {Package}: {error}");
            }

            File.WriteAllText(complete, Package);
        }

        return place;
    }

    private static FileStream Lock(string file)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(200))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < timeLimit)
            {
            }
        }
    }

    private static (int ExitCode, string Output, string Error) Execute(string workingDirectory, string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(timeLimit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Inconclusive($"{program} did not end within {timeLimit.TotalMinutes} minutes.");
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            Assert.Inconclusive($"{start.FileName} is needed to run ONNX files and cannot be started: {error.Message}");
            throw;
        }
    }
}
