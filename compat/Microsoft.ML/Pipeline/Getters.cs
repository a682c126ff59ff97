using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Help with getters whose value type is known at run time only.</summary>
internal static class Getters
{
    public static ValueGetter<TValue> Cast<TValue>(Delegate? getter, DataViewSchema.Column column) => getter switch
    {
        ValueGetter<TValue> typed => typed,
        null => throw new ArgumentOutOfRangeException(nameof(column), "requested column not active"),
        _ => throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'."),
    };

    /// <summary>The getter of a column as a ValueGetter of its raw type.</summary>
    public static Delegate GetGetter(this DataViewRow row, DataViewSchema.Column column) =>
        Call<Delegate>(typeof(Getters), nameof(TypedGetter), [column.Type.RawType], row, column);

    private static Delegate TypedGetter<TValue>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<TValue>(column);

    /// <summary>
    /// A ValueGetter of a column whose values pass through a function of the value and its slot (0 for a scalar). If the function keeps zeros,
    /// a sparse vector stays sparse.
    /// </summary>
    public static Delegate Map<TSource, TTarget>(DataViewRow row, DataViewSchema.Column column, Func<TSource, int, TTarget> map, bool keepsZero = false)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<TSource> get = row.GetGetter<TSource>(column);
            TSource source = default!;
            return (ValueGetter<TTarget>)((ref TTarget value) =>
            {
                get(ref source);
                value = map(source, 0);
            });
        }

        ValueGetter<VBuffer<TSource>> getVector = row.GetGetter<VBuffer<TSource>>(column);
        VBuffer<TSource> vector = default, dense = default;
        return (ValueGetter<VBuffer<TTarget>>)((ref VBuffer<TTarget> destination) =>
        {
            getVector(ref vector);
            VBuffer<TSource> input = keepsZero ? vector : Dense(vector, ref dense);
            ReadOnlySpan<TSource> values = input.GetValues();
            ReadOnlySpan<int> indices = input.GetIndices();
            VBufferEditor<TTarget> editor = VBufferEditor.Create(ref destination, input.Length, values.Length);
            indices.CopyTo(editor.Indices);
            for (int i = 0; i < values.Length; i++)
            {
                editor.Values[i] = map(values[i], input.IsDense ? i : indices[i]);
            }

            destination = editor.Commit();
        });
    }

    /// <summary>An action that shows the row's values of a column, each with its slot; of a sparse vector, on request, only those that are stored.</summary>
    public static Action ForEach<T>(DataViewRow row, DataViewSchema.Column column, Action<T, int> visit, bool storedOnly = false)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> get = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                get(ref value);
                visit(value, 0);
            };
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default, dense = default;
        return () =>
        {
            getVector(ref vector);
            VBuffer<T> input = storedOnly ? vector : Dense(vector, ref dense);
            ReadOnlySpan<T> values = input.GetValues();
            ReadOnlySpan<int> indices = input.GetIndices();
            for (int i = 0; i < values.Length; i++)
            {
                visit(values[i], input.IsDense ? i : indices[i]);
            }
        };
    }

    private static VBuffer<T> Dense<T>(in VBuffer<T> vector, ref VBuffer<T> buffer)
    {
        if (vector.IsDense)
        {
            return vector;
        }

        vector.CopyToDense(ref buffer);
        return buffer;
    }

    /// <summary>Calls a static generic method of <paramref name="owner"/> with type arguments known at run time.</summary>
    public static TResult Call<TResult>(Type owner, string method, Type[] types, params object?[] arguments) =>
        (TResult)owner.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
