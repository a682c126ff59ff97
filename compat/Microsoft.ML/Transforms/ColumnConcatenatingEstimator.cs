using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        _env = env;
        _output = outputColumnName;
        _inputs = inputColumnNames.Length > 0 ? inputColumnNames : [outputColumnName];
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ColumnConcatenatingTransformer transformer = new(_env, _output, _inputs);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] columns = [.. _inputs.Select(name => inputSchema.GetInputColumn(name))];
        SchemaShape.Column first = columns[0];
        foreach (SchemaShape.Column column in columns)
        {
            if (column.IsKey)
            {
                throw new InvalidOperationException($"Column '{column.Name}' is key. Concatenation of keys is unsupported.");
            }

            if (!column.ItemType.Equals(first.ItemType))
            {
                throw new InvalidOperationException("Concatenated columns should have the same type. " +
                    $"Column '{column.Name}' has type of {column.ItemType}, but expected column type is {first.ItemType}.");
            }
        }

        bool varies = columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(new SchemaShape.Column(_output,
            varies ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            first.ItemType, isKey: false, new SchemaShape(Annotations(columns))));
    }

    private static IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column[] columns)
    {
        if (columns.All(column => column.Annotations.TryFindColumn(AnnotationUtils.Kinds.IsNormalized, out _)))
        {
            yield return SchemaAnnotations.IsNormalized;
        }

        if (columns.Any(column => column.Kind == SchemaShape.Column.VectorKind.Scalar || column.HasSlotNames))
        {
            yield return SchemaAnnotations.SlotNames;
        }

        if (columns.Any(column => column.Annotations.TryFindColumn(AnnotationUtils.Kinds.CategoricalSlotRanges, out _)))
        {
            yield return SchemaAnnotations.CategoricalSlotRanges;
        }
    }
}
