using System.Reflection;
using Mono.Cecil;
using NetArchTest.Rules;

namespace EE569.Package.Tests;

/// <summary>Which rooms (namespaces) know which, read from the compiled assemblies: a new line in a table here is a decision, and seen in review.</summary>
[TestClass]
public sealed class RoomTests
{
    private static readonly Assembly[] assemblies = [.. new[] { "EE569.Engine", "EE569.Trainers", "ee569" }.Select(Assembly.Load)];

    /// <summary>The types of each room, by the names that NetArchTest compares.</summary>
    private static readonly ILookup<string, string> rooms = assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsNested && type.Namespace?.StartsWith("EE569.", StringComparison.Ordinal) == true)
        .ToLookup(type => type.Namespace!["EE569.".Length..], type => type.FullName!);

    /// <summary>The rooms of the same project that a room knows; one that is missing knows none.</summary>
    private static readonly string[] knows =
    [
        "Engine: Engine.Initializers, Engine.Kernels, Engine.Nodes, Engine.Optimizers",
        "Engine.Data: Engine, Engine.Nodes",
        "Engine.Initializers: Engine",
        "Engine.Kernels: Engine",
        "Engine.Nodes: Engine, Engine.Data, Engine.Kernels, Engine.Optimizers",
        "Engine.Optimizers: Engine.Schedules",
        "Engine.Training: Engine, Engine.Data, Engine.Kernels, Engine.Nodes, Engine.Optimizers, Engine.Schedules",
        "Experiments.Charts: Experiments.Results",
        "Experiments.Commands: Experiments, Experiments.Comparison, Experiments.Data, Experiments.Data.Csv, Experiments.Models, Experiments.Report, Experiments.Results, Experiments.Studies, Experiments.Terminal",
        "Experiments.Comparison: Experiments, Experiments.Charts, Experiments.Data.Csv, Experiments.Results, Experiments.Statistics",
        "Experiments.Data: Experiments, Experiments.Results, Experiments.Studies",
        "Experiments.Data.Csv: Experiments, Experiments.Data, Experiments.Studies, Experiments.Terminal",
        "Experiments.Models: Experiments, Experiments.Charts, Experiments.Comparison, Experiments.Data.Csv, Experiments.Report, Experiments.Results, Experiments.Statistics, Experiments.Studies",
        "Experiments.Report: Experiments.Results, Experiments.Studies",
        "Experiments.Results: Experiments",
        "Experiments.Studies: Experiments, Experiments.Charts, Experiments.Comparison, Experiments.Data, Experiments.Data.Csv, Experiments.Results, Experiments.Statistics, Experiments.Studies.Questions",
        "Experiments.Studies.Questions: Experiments.Charts, Experiments.Data, Experiments.Results, Experiments.Studies",
        "Experiments.Terminal: Experiments.Results, Experiments.Studies",
        "Trainers: Trainers.Data, Trainers.Internals, Trainers.Onnx, Trainers.Scoring, Trainers.Training",
        "Trainers.Data: Trainers",
        "Trainers.Internals: Trainers.Scoring",
        "Trainers.Onnx: Trainers, Trainers.Data, Trainers.Internals, Trainers.Scoring",
        "Trainers.Scoring: Trainers, Trainers.Data, Trainers.Internals",
        "Trainers.Training: Trainers, Trainers.Data, Trainers.Internals",
    ];

    /// <summary>Rooms that know each other, directly or around a corner. None is wanted: a circle that is broken leaves this list for good.</summary>
    private static readonly string[] circles =
    [
        "Engine, Engine.Data, Engine.Initializers, Engine.Kernels, Engine.Nodes",
        "Experiments.Comparison, Experiments.Data, Experiments.Data.Csv, Experiments.Studies, Experiments.Studies.Questions, Experiments.Terminal",
        "Trainers, Trainers.Data, Trainers.Internals, Trainers.Onnx, Trainers.Scoring, Trainers.Training",
    ];

    /// <summary>The rooms that know a package, or what only few should touch: processes, the network, internals of others, registers.</summary>
    private static readonly string[] packages =
    [
        "CsvHelper: Experiments.Data, Experiments.Data.Csv, Experiments.Results",
        "Google.Protobuf: Trainers.Onnx",
        "MathNet.Numerics: Experiments.Models, Experiments.Statistics, Experiments.Studies",
        "Microsoft.Data.Analysis: Experiments.Comparison, Experiments.Data.Csv, Experiments.Models",
        "Microsoft.ML: Experiments.Commands, Experiments.Comparison, Experiments.Models, Experiments.Report, Trainers, Trainers.Data, Trainers.Internals, Trainers.Onnx, Trainers.Scoring, Trainers.Training",
        "Spectre.Console: Experiments.Terminal",
        "System.CommandLine: Experiments.Commands",
        "System.Diagnostics.Process: ",
        "System.Net.Http: Experiments.Data",
        "System.Runtime.CompilerServices.UnsafeAccessorAttribute: Trainers.Internals",
        "System.Runtime.Intrinsics: Engine.Kernels, Engine.Nodes",
    ];

    [TestMethod]
    public void A_room_knows_the_rooms_of_its_project_that_the_table_says()
    {
        string[] actual = [.. rooms.Select(room => room.Key).Order(StringComparer.Ordinal).Select(room => Line(room, Seen(room))).Where(line => !line.EndsWith(": ", StringComparison.Ordinal))];

        AssertSame(knows, actual);
    }

    [TestMethod]
    public void Rooms_stand_in_no_circle_but_the_known_ones()
    {
        Dictionary<string, HashSet<string>> reached = rooms.ToDictionary(room => room.Key, room => Seen(room.Key).ToHashSet());
        foreach (string corner in reached.Keys)
        {
            foreach (HashSet<string> seen in reached.Values.Where(seen => seen.Contains(corner)))
            {
                seen.UnionWith(reached[corner]);
            }
        }

        string[] actual = [.. reached.Keys.Where(room => reached[room].Contains(room))
            .Select(room => string.Join(", ", reached.Keys.Where(other => reached[room].Contains(other) && reached[other].Contains(room)).Order(StringComparer.Ordinal))).Distinct().Order(StringComparer.Ordinal)];

        AssertSame(circles, actual);
    }

    [TestMethod]
    public void A_package_is_known_in_the_rooms_that_the_table_says()
    {
        string[] actual = [.. packages.Select(line => line.Split(':')[0]).Select(package => Line(package, rooms.Select(room => room.Key).Where(room => Knows(room, [package]))))];

        AssertSame(packages, actual);
    }

    private static IEnumerable<string> Seen(string room) => rooms.Where(other => other.Key != room && Project(other.Key) == Project(room) && Knows(room, [.. other])).Select(other => other.Key);

    private static bool Knows(string room, string[] names) => assemblies.Any(assembly => Types.InAssembly(assembly)
        .That().MeetCustomRule((TypeDefinition type) => Outermost(type).Namespace == $"EE569.{room}").And().HaveDependencyOnAny(names).GetTypes().Any());

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string Project(string room) => room.Split('.')[0];

    private static string Line(string name, IEnumerable<string> seen) => $"{name}: {string.Join(", ", seen.Order(StringComparer.Ordinal))}";

    private static void AssertSame(string[] expected, string[] actual) =>
        Assert.IsTrue(expected.SequenceEqual(actual), $"New:\n{string.Join('\n', actual.Except(expected))}\nGone:\n{string.Join('\n', expected.Except(actual))}");
}
