namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        /// <summary>Fields in quotes may hold separators, and quotes behind the escape character.</summary>
        public bool AllowQuoting;

        /// <summary>Lines may end in a number of columns and the values other than zero among them, as index:value.</summary>
        public bool AllowSparse;

        /// <summary>Columns from this one on are left out.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];

        public char DecimalMarker = '.';

        public Column[]? Columns;

        /// <summary>Drops white space at the end of lines.</summary>
        public bool TrimWhitespace;

        public bool HasHeader;

        /// <summary>Errors arrive as those of a parsing thread; the subset reads on the thread that asks.</summary>
        public bool UseThreads = true;

        /// <summary>Quoted fields may hold line breaks.</summary>
        public bool ReadMultilines;

        /// <summary>A file that holds the header.</summary>
        public string? HeaderFile;

        public long? MaxRows;

        public char EscapeChar = '"';

        /// <summary>Empty numbers are NaN instead of zero.</summary>
        public bool MissingRealsAsNaNs;

        internal void Check()
        {
            foreach (char separator in Separators)
            {
                if (separator is '"' or '\n' or '\r' or '.' or '-' || char.IsAsciiLetterOrDigit(separator))
                {
                    throw new ArgumentOutOfRangeException("Separator", $"Illegal separator: '{separator}'");
                }
            }

            if (Separators.Length == 0)
            {
                throw new ArgumentOutOfRangeException("Separator", "Must specify at least one separator character");
            }

            if (DecimalMarker is not ('.' or ','))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(DecimalMarker), $"Decimal marker cannot be the '{DecimalMarker}' character. It must be '.' or ','.");
            }

            if (!AllowQuoting && Separators.Contains(DecimalMarker))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(AllowQuoting), $"Quoting must be allowed if decimal marker and separator are the '{DecimalMarker}' character.");
            }
        }
    }

    /// <summary>A column of the view and where it comes from.</summary>
    public sealed class Column
    {
        public string? Name;

        public Range[]? Source;

        public KeyCount? KeyCount;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount? keyCount = null)
        {
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Consecutive columns of the text, counted from 0.</summary>
    public sealed class Range
    {
        public int Min;

        public int? Max;

        /// <summary>Up to the last column of the sample.</summary>
        public bool AutoEnd;

        /// <summary>A vector even if it is one column.</summary>
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Min = index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(index), "Must be non-negative");
            Max = index;
        }

        public Range(int min, int? max)
        {
            Min = min >= 0 ? min : throw new ArgumentOutOfRangeException(nameof(min), "Must be non-negative");
            Max = max is null || max >= min
                ? max
                : throw new ArgumentOutOfRangeException(nameof(max), "If specified, must be greater than or equal to min");
            AutoEnd = max is null;
            ForceVector = true;
        }
    }
}
