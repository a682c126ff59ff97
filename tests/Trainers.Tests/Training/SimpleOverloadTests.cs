using System.Reflection;
using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>The short overloads of the catalogs: the options by their names, with the same defaults.</summary>
[TestClass]
public class SimpleOverloadTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static MethodInfo Overload(string trainer) =>
        typeof(MiniBatchTrainersCatalog).GetMethods().Single(method => method.Name == trainer && method.GetParameters().Length > 2);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Every_parameter_is_an_option_with_its_default(string trainer)
    {
        var overload = Overload(trainer);
        var optionsType = overload.ReturnType.GetNestedType("Options")!;
        var options = Activator.CreateInstance(optionsType)!;
        var parameters = overload.GetParameters().Skip(1).ToArray();
        Assert.IsGreaterThanOrEqualTo(6, parameters.Length);
        foreach (var parameter in parameters)
        {
            var option = optionsType.GetProperty(char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..]);
            Assert.IsNotNull(option, parameter.Name);
            if (parameter.Name != "hiddenLayers") // a list is no constant: null stands for the default
            {
                object? value = parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue;
                Assert.AreEqual(option.GetValue(options), value, parameter.Name);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Its_values_reach_the_options(string trainer)
    {
        var source = TrainerCase.Data(_ml, trainer);
        var data = _ml.Transforms.CopyColumns("F", "Features").Append(_ml.Transforms.CopyColumns("L", "Label")).Append(_ml.Transforms.CopyColumns("W", "Weight")).Fit(source).Transform(source);
        var values = new Dictionary<string, object>
        {
            ["labelColumnName"] = "L",
            ["featureColumnName"] = "F",
            ["exampleWeightColumnName"] = "W",
            ["hiddenLayers"] = new[] { 5 },
            ["activation"] = Activation.Tanh,
            ["batchSize"] = 7,
            ["numberOfEpochs"] = 2,
            ["learningRate"] = 0.03,
        };
        var overload = Overload(trainer);
        object catalog = overload.GetParameters()[0].ParameterType.Name switch
        {
            "BinaryClassificationTrainers" => _ml.BinaryClassification.Trainers,
            "MulticlassClassificationTrainers" => _ml.MulticlassClassification.Trainers,
            _ => _ml.Regression.Trainers,
        };
        var simple = (IEstimator<ITransformer>)overload.Invoke(null, [catalog, .. overload.GetParameters().Skip(1).Select(parameter => values[parameter.Name!])])!;
        var withOptions = TrainerCase.Create(_ml, trainer, options =>
        {
            options.NumberOfThreads = null;
            options.LearningRateSchedule = ((TrainerOptions)Activator.CreateInstance(options.GetType())!).LearningRateSchedule;
            foreach (var parameter in overload.GetParameters().Skip(1))
            {
                options.GetType().GetProperty(char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..])!.SetValue(options, values[parameter.Name]);
            }
        });
        CollectionAssert.AreEqual(TrainerCase.Scores(withOptions.Fit(data).Transform(data)), TrainerCase.Scores(simple.Fit(data).Transform(data)));
    }
}
