using System.Reflection;
using Mono.Cecil;
using NetArchTest.Rules;

namespace EE569.Package.Tests;

/// <summary>Which rooms (folders of src) know which, read from the compiled assemblies: a new line in a table here is a decision, and seen in review.</summary>
[TestClass]
public sealed class RoomTests
{
    private static readonly Assembly[] assemblies = [.. new[] { "EE569.Engine", "EE569.Distributed", "EE569.Trainers", "ee569" }.Select(Assembly.Load)];

    /// <summary>The room of each type by project and name, since a type stands in a file of its name.</summary>
    private static readonly Dictionary<string, string> roomOfType = Repository.Files("*.cs").Select(file => file.Split('/')).Where(parts => parts[0] == "src")
        .ToDictionary(parts => $"{parts[1]}/{Path.GetFileNameWithoutExtension(parts[^1])}", parts => string.Join('.', parts[1..^1]));

    /// <summary>The types of each room, by the names that NetArchTest compares.</summary>
    private static readonly ILookup<string, string> rooms = assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsNested && RoomOf(type.Assembly.GetName().Name!, type.Name) != "")
        .ToLookup(type => RoomOf(type.Assembly.GetName().Name!, type.Name), type => type.FullName!);

    /// <summary>The rooms of the same project that a room knows; one that is missing knows none. (NetArchTest leaves out Catalog, whose types stand in a namespace of Microsoft; no room knows it.)</summary>
    private static readonly string[] knows =
    [
        "Engine.Activations: Engine.Graphs, Engine.Kernels.Elements, Engine.Matrices, Engine.Parallel",
        "Engine.Data: Engine.Graphs, Engine.Kernels.Elements, Engine.Losses, Engine.Matrices, Engine.Networks, Engine.Random",
        "Engine.Graphs: Engine.Matrices, Engine.Optimizers, Engine.Parallel",
        "Engine.Initializers: Engine.Random",
        "Engine.Kernels.Products: Engine.Kernels.Lanes, Engine.Matrices, Engine.Parallel",
        "Engine.Layers: Engine.Graphs, Engine.Kernels.Elements, Engine.Kernels.Products, Engine.Matrices, Engine.Parallel, Engine.Random",
        "Engine.Losses: Engine.Activations, Engine.Graphs, Engine.Kernels.Elements, Engine.Matrices, Engine.Optimizers",
        "Engine.Networks: Engine, Engine.Activations, Engine.Graphs, Engine.Initializers, Engine.Layers, Engine.Losses, Engine.Matrices, Engine.Optimizers, Engine.Random",
        "Engine.Optimizers: Engine.Schedules",
        "Engine.Training: Engine, Engine.Data, Engine.Graphs, Engine.Kernels.Elements, Engine.Kernels.Lanes, Engine.Layers, Engine.Losses, Engine.Matrices, Engine.Networks, Engine.Optimizers, Engine.Parallel, Engine.Random, Engine.Schedules",
        "Experiments.Card: Experiments.Charts, Experiments.Prediction, Experiments.Progress, Experiments.Report, Experiments.Results, Experiments.Statistics, Experiments.Tables, Experiments.Training",
        "Experiments.Charts: Experiments.Results",
        "Experiments.Commands: Experiments, Experiments.Card, Experiments.Comparison, Experiments.Prediction, Experiments.Progress, Experiments.Report, Experiments.Results, Experiments.Studies, Experiments.Studies.Data, Experiments.Tables, Experiments.Terminal, Experiments.Training, Experiments.Watching",
        "Experiments.Comparison: Experiments, Experiments.Charts, Experiments.Results, Experiments.Statistics, Experiments.Tables",
        "Experiments.Prediction: Experiments, Experiments.Charts, Experiments.Progress, Experiments.Report, Experiments.Results, Experiments.Statistics, Experiments.Tables",
        "Experiments.Report: Experiments.Results, Experiments.Studies",
        "Experiments.Results: Experiments",
        "Experiments.Studies: Experiments, Experiments.Charts, Experiments.Comparison, Experiments.Progress, Experiments.Results, Experiments.Statistics, Experiments.Studies.Data, Experiments.Tables",
        "Experiments.Studies.Data: Experiments, Experiments.Progress, Experiments.Results",
        "Experiments.Tables: Experiments, Experiments.Progress",
        "Experiments.Terminal: Experiments.Progress, Experiments.Results, Experiments.Studies",
        "Experiments.Training: Experiments, Experiments.Charts, Experiments.Comparison, Experiments.Report, Experiments.Results, Experiments.Statistics, Experiments.Tables",
        "Experiments.Watching: Experiments, Experiments.Report, Experiments.Results, Experiments.Training",
        "Trainers.Models: Trainers.Internals",
        "Trainers.Onnx: Trainers.Internals, Trainers.Models, Trainers.Preparation, Trainers.Saving, Trainers.Tasks",
        "Trainers.Options: Trainers.Internals, Trainers.Models",
        "Trainers.Preparation: Trainers.Internals",
        "Trainers.Reading: Trainers.Internals, Trainers.Models, Trainers.Options, Trainers.Tasks",
        "Trainers.Saving: Trainers.Internals, Trainers.Models",
        "Trainers.Scoring: Trainers.Internals, Trainers.Models, Trainers.Onnx, Trainers.Saving, Trainers.Tasks",
        "Trainers.Tasks: Trainers.Internals, Trainers.Models, Trainers.Saving",
        "Trainers.Training: Trainers.Internals, Trainers.Models, Trainers.Options, Trainers.Reading, Trainers.Saving, Trainers.Scoring, Trainers.Tasks",
    ];

    /// <summary>The rooms that know a package, or what only few should touch: processes, the network, internals of others, registers.</summary>
    private static readonly string[] packages =
    [
        "CsvHelper: Experiments.Results, Experiments.Studies.Data, Experiments.Tables",
        "Google.Protobuf: Trainers.Logging, Trainers.Onnx",
        "MathNet.Numerics: Experiments.Comparison, Experiments.Prediction, Experiments.Statistics, Experiments.Studies",
        "Microsoft.AspNetCore: Experiments.Watching",
        "Microsoft.Data.Analysis: Experiments.Card, Experiments.Comparison, Experiments.Prediction, Experiments.Tables, Experiments.Training",
        "Microsoft.ML: Experiments, Experiments.Card, Experiments.Comparison, Experiments.Prediction, Experiments.Report, Experiments.Training, Trainers.Internals, Trainers.Models, Trainers.Onnx, Trainers.Options, Trainers.Preparation, Trainers.Reading, Trainers.Saving, Trainers.Scoring, Trainers.Tasks, Trainers.Training",
        "Spectre.Console: Experiments.Terminal",
        "System.CommandLine: Experiments.Commands",
        "System.Diagnostics.Process: ",
        "System.Net.Http: Experiments.Studies.Data",
        "System.Runtime.CompilerServices.UnsafeAccessorAttribute: Trainers.Internals",
        "System.Runtime.Intrinsics: Engine.Graphs, Engine.Kernels.Lanes, Engine.Kernels.Products, Engine.Matrices",
    ];

    [TestMethod]
    public void A_room_knows_the_rooms_of_its_project_that_the_table_says()
    {
        string[] actual = [.. rooms.Select(room => room.Key).Order(StringComparer.Ordinal).Select(room => Line(room, Seen(room))).Where(line => !line.EndsWith(": ", StringComparison.Ordinal))];

        AssertSame(knows, actual);
    }

    [TestMethod]
    public void Rooms_stand_in_no_circle()
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

        AssertSame([], actual);
    }

    [TestMethod]
    public void A_package_is_known_in_the_rooms_that_the_table_says()
    {
        string[] actual = [.. packages.Select(line => line.Split(':')[0]).Select(package => Line(package, rooms.Select(room => room.Key).Where(room => Knows(room, [package]))))];

        AssertSame(packages, actual);
    }

    [TestMethod]
    public void No_type_name_stands_twice()
    {
        string[] twice = [.. rooms.SelectMany(room => room).Select(type => type.Split('`')[0]).Distinct().GroupBy(type => type.Split('.')[^1])
            .Where(types => types.Count() > 1).Select(types => $"{types.Key}: {string.Join(", ", types.Order(StringComparer.Ordinal))}")];
        AssertSame([], twice);
    }

    private static IEnumerable<string> Seen(string room) => rooms.Where(other => other.Key != room && Project(other.Key) == Project(room) && Knows(room, [.. other])).Select(other => other.Key);

    private static bool Knows(string room, string[] names) => assemblies.Any(assembly => Types.InAssembly(assembly)
        .That().MeetCustomRule((TypeDefinition type) => RoomOf(Outermost(type).Module.Assembly.Name.Name, Outermost(type).Name) == room).And().HaveDependencyOnAny(names).GetTypes().Any());

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string RoomOf(string assembly, string type) =>
        roomOfType.GetValueOrDefault($"{(assembly == "ee569" ? "Experiments" : assembly["EE569.".Length..])}/{type.Split('`')[0]}", "");

    private static string Project(string room) => room.Split('.')[0];

    private static string Line(string name, IEnumerable<string> seen) => $"{name}: {string.Join(", ", seen.Order(StringComparer.Ordinal))}";

    private static void AssertSame(string[] expected, string[] actual) =>
        Assert.IsTrue(expected.SequenceEqual(actual), $"New:\n{string.Join('\n', actual.Except(expected))}\nGone:\n{string.Join('\n', expected.Except(actual))}");
}
