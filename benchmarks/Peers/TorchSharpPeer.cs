#:package TorchSharp-cpu
#:property PublishAot=false

// Trains and scores the workloads with TorchSharp as torch_peer.py does with PyTorch, by the protocol of common.py. A program of one file, which no
// project compiles: so nobody downloads libtorch but who asks the runner for it.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

try
{
    set_num_threads(1);
}
catch (Exception exception) when (exception.GetBaseException() is NotSupportedException or DllNotFoundException or TypeInitializationException)
{
    string reason = $"its native part does not load: {Peer.Reason() ?? exception.GetBaseException().Message.Split('\n')[0]}";
    Console.WriteLine(JsonSerializer.Serialize(new { reason }));
    return;
}

string version = typeof(torch).Assembly.GetName().Version!.ToString(3);
Console.WriteLine(JsonSerializer.Serialize(new { version = $"{version} (libtorch {torch.__version__})", blas = "what libtorch has inside" }));
Peer? peer = null;
while (Console.ReadLine() is { } line)
{
    JsonElement request = JsonDocument.Parse(line).RootElement;
    string path = request.GetProperty("workload").GetString()!;
    peer = peer?.Path == path ? peer : new Peer(path);
    set_num_threads(request.GetProperty("threads").GetInt32());
    (double seconds, double loss) = request.GetProperty("action").GetString() switch
    {
        "train" => peer.Train(),
        "score" => peer.Score(peer.Rows),
        _ => peer.Score(1),
    };
    Console.WriteLine(JsonSerializer.Serialize(new { seconds, loss }));
}

internal sealed class Peer
{
    private readonly JsonElement _spec;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly bool _isRegression;

    public Peer(string path)
    {
        Path = path;
        _spec = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        _isRegression = _spec.GetProperty("regression").GetBoolean();
        _x = tensor(Read<float>("x.f32")).reshape(Rows, -1);
        _y = _isRegression ? tensor(Read<float>("y.f32")).reshape(-1, 1) : tensor(Read<int>("y.i32")).to(int64);
    }

    public string Path { get; }

    public int Rows => _spec.GetProperty("rows").GetInt32();

    /// <summary>What the system's loader says about the library that TorchSharp calls.</summary>
    public static string? Reason()
    {
        string? library = Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.*", SearchOption.AllDirectories).FirstOrDefault();
        try
        {
            NativeLibrary.Load(library ?? "LibTorchSharp");
            return null;
        }
        catch (DllNotFoundException exception)
        {
            // "/lib/.../libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by ...)"
            return exception.Message.Split('\n').FirstOrDefault(line => line.Contains("not found", StringComparison.Ordinal))?.Split(" (required")[0].Trim();
        }
    }

    public (double Seconds, double Loss) Train()
    {
        random.manual_seed(1);
        using DisposeScope all = NewDisposeScope();
        using nn.Module<Tensor, Tensor> model = Network(withSoftmax: false);
        using nn.Module<Tensor, Tensor, Tensor> loss = _isRegression ? nn.MSELoss() : nn.CrossEntropyLoss();
        double rate = _spec.GetProperty("learning_rate").GetDouble(), l2 = _spec.GetProperty("l2").GetDouble();
        // lambda sum W^2 has the gradient 2 lambda W, libtorch's weight decay adds decay W; not to the biases.
        ILookup<bool, Parameter> parameters = model.parameters().ToLookup(parameter => parameter.dim() > 1);
        using optim.Optimizer optimizer = _spec.GetProperty("optimizer").GetString() == "adam"
            ? optim.Adam([new Adam.ParamGroup(parameters[true], rate, weight_decay: 2 * l2), new Adam.ParamGroup(parameters[false], rate)], rate)
            : optim.SGD([new SGD.ParamGroup(parameters[true], rate, weight_decay: 2 * l2), new SGD.ParamGroup(parameters[false], rate)], rate);
        int batchSize = _spec.GetProperty("batch").GetInt32();

        var watch = Stopwatch.StartNew();
        for (int epoch = 0; epoch < _spec.GetProperty("epochs").GetInt32(); epoch++)
        {
            using Tensor order = randperm(Rows);
            for (int first = 0; first < Rows; first += batchSize)
            {
                using DisposeScope step = NewDisposeScope();
                Tensor batch = order.narrow(0, first, Math.Min(batchSize, Rows - first));
                optimizer.zero_grad();
                loss.call(model.call(_x.index_select(0, batch)), _y.index_select(0, batch)).backward();
                optimizer.step();
            }
        }

        double seconds = watch.Elapsed.TotalSeconds;
        using var noGradient = no_grad();
        return (seconds, loss.call(model.call(_x), _y).item<float>());
    }

    public (double Seconds, double Loss) Score(int rows)
    {
        using DisposeScope all = NewDisposeScope();
        using var inference = inference_mode();
        using nn.Module<Tensor, Tensor> model = Network(withSoftmax: true);
        var watch = Stopwatch.StartNew();
        Tensor[] parts = [.. _x.split(rows).Select(part => model.call(part))];
        double seconds = watch.Elapsed.TotalSeconds / Rows;
        return (seconds, nn.functional.nll_loss(cat(parts).log(), _y).item<float>());
    }

    private T[] Read<T>(string name)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(System.IO.Path.Combine(_spec.GetProperty("folder").GetString()!, name))).ToArray();

    private Sequential Network(bool withSoftmax)
    {
        int[] widths = [.. _spec.GetProperty("layers").EnumerateArray().Select(width => width.GetInt32())];
        using Tensor flat = tensor(Read<float>("w.f32"));
        List<(string, nn.Module<Tensor, Tensor>)> layers = [];
        long offset = 0;
        using (no_grad())
        {
            for (int i = 1; i < widths.Length; i++)
            {
                Linear linear = nn.Linear(widths[i - 1], widths[i]);
                linear.weight.copy_(flat.narrow(0, offset, (long)widths[i] * widths[i - 1]).reshape(widths[i], widths[i - 1]));
                linear.bias!.copy_(flat.narrow(0, offset += (long)widths[i] * widths[i - 1], widths[i]));
                offset += widths[i];
                layers.Add(($"linear{i}", linear));
                if (i < widths.Length - 1)
                {
                    layers.Add(($"activation{i}", _spec.GetProperty("activation").GetString() == "tanh" ? nn.Tanh() : nn.ReLU()));
                }
            }
        }

        if (withSoftmax)
        {
            layers.Add(("softmax", nn.Softmax(1)));
        }

        return nn.Sequential(layers);
    }
}
