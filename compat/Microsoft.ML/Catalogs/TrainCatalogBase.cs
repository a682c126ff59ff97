using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML
{
    /// <summary>What the catalogs of the machine learning tasks share.</summary>
    public abstract partial class TrainCatalogBase : IInternalCatalog
    {
        private protected TrainCatalogBase(IHostEnvironment env, string registrationName) => Environment = env.Register(registrationName);

        internal IHostEnvironment Environment { get; }

        IHostEnvironment IInternalCatalog.Environment => Environment;

        /// <summary>The list of trainers of a task; trainers are extension methods on it.</summary>
        public abstract class CatalogInstantiatorBase : IInternalCatalog
        {
            private protected CatalogInstantiatorBase(TrainCatalogBase owner) => Owner = owner;

            internal TrainCatalogBase Owner { get; }

            IHostEnvironment IInternalCatalog.Environment => Owner.Environment;
        }

        public sealed class CrossValidationResult<T> where T : class
        {
            public readonly T Metrics;
            public readonly ITransformer Model;
            public readonly IDataView ScoredHoldOutSet;
            public readonly int Fold;

            internal CrossValidationResult(ITransformer model, T metrics, IDataView scoredHoldOutSet, int fold)
            {
                Model = model;
                Metrics = metrics;
                ScoredHoldOutSet = scoredHoldOutSet;
                Fold = fold;
            }
        }
    }
}

namespace Microsoft.ML.Data
{
    internal interface IInternalCatalog
    {
        IHostEnvironment Environment { get; }
    }

    internal static class CatalogUtils
    {
        public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) => catalog.Environment;
    }
}
