using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Gives a <see cref="CustomMappingFactory{TSrc, TDst}"/> the contract name under which saved models find it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute(string contractName) : ExtensionBaseAttribute(contractName);

/// <summary>Makes the function of a custom mapping when a model is loaded.</summary>
public abstract class CustomMappingFactory<TSrc, TDst> : ICustomMappingFactory
    where TSrc : class, new()
    where TDst : class, new()
{
    public abstract Action<TSrc, TDst> GetMapping();

    ITransformer ICustomMappingFactory.CreateTransformer(IHostEnvironment env, string contractName) =>
        new CustomMappingTransformer<TSrc, TDst>(env, GetMapping(), contractName);
}

internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(IHostEnvironment env, string contractName);
}

internal static class CustomMapping
{
    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        string contractName = ctx.Reader.ReadString();
        return env.ComponentCatalog.CreateExtension(contractName) is ICustomMappingFactory factory
            ? factory.CreateTransformer(env, contractName)
            : throw ctx.Corrupt($"'{contractName}' is not a custom mapping factory");
    }
}
