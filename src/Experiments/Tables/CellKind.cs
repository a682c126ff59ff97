namespace EE569.Experiments.Tables;

/// <summary>What a column's cells are read as.</summary>
internal enum CellKind
{
    /// <summary>Nothing: the column is not wanted.</summary>
    Ignored,

    /// <summary>Numbers of single precision; NaN for missing ones.</summary>
    Number,

    /// <summary>Yes or no, as the numbers 1 and 0; NaN for missing ones, which a Boolean column of an IDataView could not tell from false.</summary>
    Boolean,

    /// <summary>Dates, with or without a time of day.</summary>
    Date,

    /// <summary>Texts.</summary>
    Text,
}
