using System.Linq.Expressions;

namespace Microsoft.ML.Transforms;

/// <summary>The types of expressions: Boolean and, each widening to the next, Int32, Int64, Single, Double.</summary>
internal static class ExpressionTypes
{
    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(float), typeof(double)];

    public static bool IsSupported(Type type) => type == typeof(bool) || Numbers.Contains(type);

    public static (Expression Left, Expression Right) Unify(Expression left, Expression right)
    {
        if (left.Type == right.Type)
        {
            return (left, right);
        }

        int widest = Math.Max(Rank(left), Rank(right));
        return (Widen(left, Numbers[widest]), Widen(right, Numbers[widest]));
    }

    public static Expression Widen(Expression expression, Type type) => expression.Type == type ? expression : Expression.Convert(expression, type);

    public static int Rank(Expression expression) => Array.IndexOf(Numbers, expression.Type) is >= 0 and int rank
        ? rank
        : throw ExpressionParser.Binding("numbers and booleans cannot be mixed");
}
