namespace Microsoft.ML;

/// <summary>The preparation of raw tables on the catalog of transforms.</summary>
public static class TableFeaturizingCatalog
{
    /// <summary>Creates a <see cref="TableFeaturizingEstimator"/>, which makes features of all columns of a table but the label.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of features, a vector of Single.</param>
    /// <param name="labelColumnName">The column to predict, of which no feature is made; null if there is none.</param>
    /// <returns>The estimator.</returns>
    public static TableFeaturizingEstimator FeaturizeTable(
        this TransformsCatalog catalog, string outputColumnName = Defaults.FeatureColumnName, string? labelColumnName = Defaults.LabelColumnName) =>
        catalog.FeaturizeTable(new TableFeaturizingEstimator.Options { OutputColumnName = outputColumnName, LabelColumnName = labelColumnName });

    /// <summary>Creates a <see cref="TableFeaturizingEstimator"/> with all its options.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option cannot be; the exception names it.</exception>
    public static TableFeaturizingEstimator FeaturizeTable(this TransformsCatalog catalog, TableFeaturizingEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(MLNetInternals.EnvironmentOf(catalog), options);
    }
}
