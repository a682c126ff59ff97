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

    /// <summary>Calls a static generic method of <paramref name="owner"/> with type arguments known at run time.</summary>
    public static TResult Call<TResult>(Type owner, string method, Type[] types, params object?[] arguments) =>
        (TResult)owner.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
