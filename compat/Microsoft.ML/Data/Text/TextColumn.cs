namespace Microsoft.ML.Data;

/// <summary>A column bound to the fields of a line: its type, and getters that parse the current line.</summary>
internal sealed class TextColumn
{
    private readonly (int Min, int Max)[] _ranges;
    private readonly PrimitiveDataViewType _itemType;

    public TextColumn(TextLoader.Column column, TextSample sample)
    {
        if (string.IsNullOrWhiteSpace(column.Name))
        {
            throw new ArgumentOutOfRangeException(nameof(column.Name), "Name cannot be null or white space");
        }

        if (column.Source is not { Length: > 0 } source)
        {
            throw new ArgumentOutOfRangeException(nameof(column.Source), "Must specify some source column indices");
        }

        Name = column.Name;
        _ranges = [.. source.Select(range => (range.Min, range.AutoEnd ? sample.ColumnCount - 1 : range.Max ?? range.Min))];
        (int Min, int Max)[] ordered = [.. _ranges.Order()];
        if (ordered.Zip(ordered.Skip(1)).Any(pair => pair.First.Max >= pair.Second.Min))
        {
            throw new ArgumentOutOfRangeException(nameof(column.Source), $"Intervals specified for column '{Name}' overlap");
        }

        _itemType = DataViewTypes.FromKind(column.DataKind);
        if (column.KeyCount is { } keyCount)
        {
            Type raw = _itemType.RawType;
            _itemType = KeyDataViewType.IsValidDataType(raw)
                ? new KeyDataViewType(raw, keyCount.Count ?? KeyDataViewType.MaximumCount(raw))
                : throw new ArgumentOutOfRangeException("Type", "Bad item type for Key");
        }

        int size = _ranges.Sum(range => range.Max - range.Min + 1);
        Type = size > 1 || source.Any(range => range.ForceVector) ? new VectorDataViewType(_itemType, size) : _itemType;
    }

    public string Name { get; }

    public DataViewType Type { get; }

    /// <summary>One more than the last column of the text that is read.</summary>
    public int ColumnLimit => _ranges.Max(range => range.Max) + 1;

    /// <summary>The names that the header has for a vector's columns, if any.</summary>
    public DataViewSchema.Annotations? SlotNames(TextSample sample)
    {
        if (Type is not VectorDataViewType { Size: int size })
        {
            return null;
        }

        ReadOnlyMemory<char>[] names = [.. _ranges.SelectMany(range => Enumerable.Range(range.Min, range.Max - range.Min + 1))
            .Select(index => sample.Header.GetValueOrDefault(index, "").AsMemory())];
        if (names.All(name => name.IsEmpty))
        {
            return null;
        }

        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(size, names));
        return builder.ToAnnotations();
    }

    public Delegate CreateGetter(TextRow row, TextLoader.Options options) => Getters.Call<Delegate>(
        typeof(TextColumn), Type is VectorDataViewType ? nameof(VectorGetter) : nameof(ScalarGetter), [_itemType.RawType],
        this, row, options);

    private static ValueGetter<T> ScalarGetter<T>(TextColumn column, TextRow row, TextLoader.Options options)
    {
        TextParser<T> parse = TextParsers.Create<T>(column._itemType, options);
        int source = column._ranges[0].Min;
        return (ref T value) =>
        {
            int field = row.FirstField(source);
            ReadOnlySpan<char> text = field < row.Count && row.Source(field) == source ? row[field] : default;
            if (!parse(text, out value))
            {
                throw column.BadValue(text, "in", row.Line, options);
            }
        };
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(TextColumn column, TextRow row, TextLoader.Options options)
    {
        TextParser<T> parse = TextParsers.Create<T>(column._itemType, options);
        int size = column.Type.ValueCount();
        parse(default, out T missing);
        bool missingIsDefault = EqualityComparer<T>.Default.Equals(missing, default) || missing is ReadOnlyMemory<char>;
        var values = new T[size];
        var slots = new int[size];
        return (ref VBuffer<T> value) =>
        {
            int count = 0;
            int offset = 0;
            foreach ((int min, int max) in column._ranges)
            {
                for (int field = row.FirstField(min); field < row.Count && row.Source(field) <= max; field++)
                {
                    ReadOnlySpan<char> text = row[field];
                    if (!text.IsEmpty || options.MissingRealsAsNaNs)
                    {
                        slots[count] = offset + row.Source(field) - min;
                        if (!parse(text, out values[count]))
                        {
                            throw column.BadValue(text, $"in slot {slots[count]} of", row.Line, options);
                        }

                        count++;
                    }
                }

                offset += max - min + 1;
            }

            bool dense = count > size / 2 || !missingIsDefault;
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, size, dense ? size : count);
            if (dense)
            {
                editor.Values.Fill(missing);
                for (int i = 0; i < count; i++)
                {
                    editor.Values[slots[i]] = values[i];
                }
            }
            else
            {
                values.AsSpan(0, count).CopyTo(editor.Values);
                slots.AsSpan(0, count).CopyTo(editor.Indices);
            }

            value = editor.Commit();
        };
    }

    private Exception BadValue(ReadOnlySpan<char> text, string where, int line, TextLoader.Options options)
    {
        string place = where == "in" ? $"in line {line}, column {Name}" : $"{where} column {Name} in line {line}";
        var exception = new InvalidOperationException($"Could not parse value {text} {place}");
        return options.UseThreads ? new FormatException($"Parsing failed with an exception: {exception.Message}", exception) : exception;
    }
}
