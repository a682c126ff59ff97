using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace EE569.Compat.Tests;

/// <summary>A context reports what its components say, and its seed makes them repeatable.</summary>
[TestClass]
public sealed class ContextTests
{
    [TestMethod]
    public void Messages_of_components_arrive_with_source_and_kind()
    {
        var ml = new MLContext(seed: 1);
        List<LoggingEventArgs> messages = [];
        ml.Log += (_, message) => messages.Add(message);
        using (IChannel channel = ((IHostEnvironment)ml).Register("Mine").Start("Train"))
        {
            channel.Info(MessageSensitivity.None, "hello {0}", 3);
            channel.Warning(MessageSensitivity.None, "plain {0}");
        }

        messages.RemoveAll(message => message.Kind == ChannelMessageKind.Trace);
        Assert.AreEqual("[Source=Mine; Train, Kind=Info] hello 3", messages[0].Message);
        Assert.AreEqual("hello 3", messages[0].RawMessage);
        Assert.AreEqual("Mine; Train", messages[0].Source);
        Assert.AreEqual("[Source=Mine; Train, Kind=Warning] plain {0}", messages[1].Message);
        Assert.AreEqual(ChannelMessageKind.Warning, messages[1].Kind);
    }

    [TestMethod]
    public void A_key_column_without_values_is_warned_about()
    {
        var ml = new MLContext(seed: 1);
        List<string> warnings = [];
        ml.Log += (_, message) => warnings.AddRange(message.Kind == ChannelMessageKind.Warning ? [message.Message] : Array.Empty<string>());
        ml.Transforms.Conversion.MapValueToKey("S").Fit(ml.Data.LoadFromEnumerable([new { S = "" }]));
        Assert.AreEqual("[Source=Term; Training, Kind=Warning] Term map for output column 'S' contains no entries.", warnings.Single());
    }

    [TestMethod]
    public void One_seed_gives_one_stream_of_random_numbers()
    {
        static int Draw(int? seed) => ((IHostEnvironment)new MLContext(seed)).Register("Component").Rand.Next();
        Assert.AreEqual(Draw(5), Draw(5));
        Assert.AreNotEqual(Draw(5), Draw(6));
    }
}
