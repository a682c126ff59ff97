namespace EE569.Trainers;

/// <summary>What a column of a raw table holds, and so how <see cref="TableFeaturizingEstimator"/> makes features of it.</summary>
public enum TableColumnKind
{
    /// <summary>Numbers of which more and less means something: centred and scaled.</summary>
    Number,

    /// <summary>Two values, such as false and true or 0 and 1: a slot below and above zero.</summary>
    Boolean,

    /// <summary>One of few names: a slot a level.</summary>
    Category,

    /// <summary>Moments: slots of the calendar.</summary>
    Date,

    /// <summary>Free text: n-grams of words and characters.</summary>
    Text,

    /// <summary>Names or numbers of single rows, from which nothing is to be learned: left out.</summary>
    Identifier,

    /// <summary>One value in every row, or none: left out.</summary>
    Constant,

    /// <summary>Left out because the options say so, or because it is of a type that is no cell of a table (a vector, a key).</summary>
    Ignored,
}
