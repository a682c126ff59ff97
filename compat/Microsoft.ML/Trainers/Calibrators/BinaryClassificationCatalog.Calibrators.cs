using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public CalibratorsCatalog Calibrators => new(this);

    public sealed class CalibratorsCatalog : CatalogInstantiatorBase
    {
        internal CalibratorsCatalog(BinaryClassificationCatalog catalog) : base(catalog)
        {
        }

        public PlattCalibratorEstimator Platt(
            string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score, string? exampleWeightColumnName = null) =>
            new(this.GetEnvironment(), labelColumnName, scoreColumnName, exampleWeightColumnName);
    }
}
