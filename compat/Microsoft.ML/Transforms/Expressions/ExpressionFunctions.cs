using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Transforms;

/// <summary>The functions an expression may call.</summary>
internal static class ExpressionFunctions
{
    // Computed in double precision, the result in the precision of the argument.
    private static readonly Dictionary<string, string> RealFunctions = new()
    {
        ["exp"] = nameof(Math.Exp),
        ["log"] = nameof(Math.Log),
        ["sqrt"] = nameof(Math.Sqrt),
        ["tanh"] = nameof(Math.Tanh),
    };

    private static readonly Dictionary<string, string> NumberFunctions = new()
    {
        ["abs"] = nameof(Math.Abs),
        ["min"] = nameof(Math.Min),
        ["max"] = nameof(Math.Max),
    };

    private static readonly Dictionary<string, Type> Casts = new()
    {
        ["int"] = typeof(int),
        ["long"] = typeof(long),
        ["float"] = typeof(float),
        ["single"] = typeof(float),
        ["double"] = typeof(double),
    };

    public static Expression Call(string name, IReadOnlyList<Expression> arguments) =>
        RealFunctions.TryGetValue(name, out string? real) ? Real(name, real, arguments, 1)
        : NumberFunctions.TryGetValue(name, out string? number) ? Number(name, number, arguments)
        : Casts.TryGetValue(name, out Type? type) ? Cast(name, type, arguments)
        : name == "isna" ? IsMissing(name, arguments)
        : throw ExpressionParser.Binding($"at 'Ident: {name}': Unknown function");

    /// <summary>A power; of whole numbers it is whole.</summary>
    public static Expression Power(Expression value, Expression exponent)
    {
        (value, exponent) = ExpressionTypes.Unify(value, exponent);
        Expression power = Expression.Call(MathMethod(nameof(Math.Pow), typeof(double), 2),
            ExpressionTypes.Widen(value, typeof(double)), ExpressionTypes.Widen(exponent, typeof(double)));
        return ExpressionTypes.Widen(power, value.Type);
    }

    private static Expression Real(string name, string method, IReadOnlyList<Expression> arguments, int arity)
    {
        CheckNumbers(name, arguments, arity);
        Type result = arguments.Any(argument => argument.Type == typeof(double)) ? typeof(double) : typeof(float);
        // The arguments are rounded to the result's precision first.
        IEnumerable<Expression> wide = arguments.Select(argument => ExpressionTypes.Widen(ExpressionTypes.Widen(argument, result), typeof(double)));
        return ExpressionTypes.Widen(Expression.Call(MathMethod(method, typeof(double), arity), wide), result);
    }

    private static MethodCallExpression Number(string name, string method, IReadOnlyList<Expression> arguments)
    {
        int arity = name == "abs" ? 1 : 2;
        CheckNumbers(name, arguments, arity);
        Expression first = arguments[0];
        if (arity == 1)
        {
            return Expression.Call(MathMethod(method, first.Type, arity), first);
        }

        (first, Expression second) = ExpressionTypes.Unify(first, arguments[1]);
        return Expression.Call(MathMethod(method, first.Type, arity), first, second);
    }

    private static Expression Cast(string name, Type type, IReadOnlyList<Expression> arguments)
    {
        CheckNumbers(name, arguments, 1);
        return ExpressionTypes.Rank(arguments[0]) <= ExpressionTypes.Rank(Expression.Default(type))
            ? ExpressionTypes.Widen(arguments[0], type)
            : Expression.Call(typeof(Convert).GetMethod(type == typeof(int) ? nameof(Convert.ToInt32) : type == typeof(long) ? nameof(Convert.ToInt64) : nameof(Convert.ToSingle), [arguments[0].Type])!, arguments[0]);
    }

    private static Expression IsMissing(string name, IReadOnlyList<Expression> arguments)
    {
        CheckNumbers(name, arguments, 1);
        MethodInfo? isNaN = arguments[0].Type.GetMethod(nameof(double.IsNaN), [arguments[0].Type]);
        return isNaN is null ? Expression.Constant(false) : Expression.Call(isNaN, arguments[0]);
    }

    private static void CheckNumbers(string name, IReadOnlyList<Expression> arguments, int arity)
    {
        if (arguments.Count != arity)
        {
            throw ExpressionParser.Binding($"at 'Ident: {name}': Expected {arity} arguments to function '{name}', got {arguments.Count}");
        }

        foreach (Expression argument in arguments)
        {
            ExpressionTypes.Rank(argument);
        }
    }

    private static MethodInfo MathMethod(string name, Type type, int arity) => typeof(Math).GetMethod(name, [.. Enumerable.Repeat(type, arity)])!;
}
