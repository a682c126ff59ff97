using EE569.Samples;

// Run from the folder that has data/ in it: dotnet run --project samples -- binary
var samples = new Dictionary<string, Action>
{
    ["binary"] = BinarySample.Run,
    ["multiclass"] = MulticlassSample.Run,
    ["regression"] = RegressionSample.Run,
    ["continued"] = ContinuedTrainingSample.Run,
    ["onnx"] = OnnxSample.Run,
    ["distributed"] = DistributedSample.Run,
};
if (args is not [var name] || !samples.TryGetValue(name, out Action? run))
{
    Console.Error.WriteLine($"Name one sample: {string.Join(", ", samples.Keys)}.");
    return 2;
}

run();
return 0;
