namespace EE569.Experiments.Tables;

/// <summary>What a column's cells are read as.</summary>
internal enum CellKind
{
    /// <summary>Nothing: the column is not wanted.</summary>
    Ignored,

    /// <summary>Numbers of single precision; NaN for missing ones.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,
}
