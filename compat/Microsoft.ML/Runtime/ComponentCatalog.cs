using System.Reflection;

namespace Microsoft.ML
{
    /// <summary>Marks a class that a model file names, so that it is found when the model is loaded.</summary>
    public abstract class ExtensionBaseAttribute : Attribute
    {
        private protected ExtensionBaseAttribute(string contractName) => ContractName = contractName;

        public string ContractName { get; }
    }
}

namespace Microsoft.ML.Runtime
{
    /// <summary>The assemblies in which a context looks for the extensions a model names.</summary>
    public sealed class ComponentCatalog
    {
        private readonly Dictionary<string, Type> _extensions = [];

        internal ComponentCatalog()
        {
        }

        public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
        {
            foreach (Type type in assembly.GetTypes())
            {
                if (type.GetCustomAttribute<ExtensionBaseAttribute>() is { } extension && !_extensions.TryAdd(extension.ContractName, type)
                    && _extensions[extension.ContractName] != type && throwOnError)
                {
                    throw new InvalidOperationException($"Duplicate contract name '{extension.ContractName}': {_extensions[extension.ContractName]} and {type}.");
                }
            }
        }

        internal object CreateExtension(string contractName) => _extensions.TryGetValue(contractName, out Type? type)
            ? Activator.CreateInstance(type)!
            : throw new InvalidOperationException($"Could not find a class with the contract name '{contractName}': register its assembly with MLContext.ComponentCatalog.RegisterAssembly.");
    }
}
