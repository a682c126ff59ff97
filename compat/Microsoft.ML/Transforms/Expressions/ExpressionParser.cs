using System.Globalization;
using System.Linq.Expressions;

namespace Microsoft.ML.Transforms;

/// <summary>
/// Reads a lambda such as <c>(x, y) => x > 0 ? x : 0.5 * y</c> into an expression tree over given parameters.
/// From weak to strong: ?:, || (or), &amp;&amp; (and), comparison, + -, * / %, unary - + ! (not), ^ (power).
/// </summary>
internal sealed class ExpressionParser
{
    private readonly IReadOnlyList<Token> _tokens;
    private Dictionary<string, Expression> _parameters = [];
    private int _position;

    private ExpressionParser(IReadOnlyList<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_position];

    /// <exception cref="ArgumentOutOfRangeException">The text is no lambda, or uses an unknown name or wrong types.</exception>
    public static Expression Parse(string text, IReadOnlyList<Expression> arguments)
    {
        ExpressionParser parser = new(Lexer.Read(text));
        parser.ParseParameters(arguments);
        parser.Expect("=>");
        Expression body = parser.ParseConditional();
        return parser.Current.Kind == TokenKind.End ? body : throw parser.Failure("Operator expected");
    }

    private void ParseParameters(IReadOnlyList<Expression> arguments)
    {
        List<string> names = [];
        bool parenthesized = Accept("(");
        do
        {
            if (names.Count == arguments.Count)
            {
                throw Failure($"Too many parameters, expected {arguments.Count}");
            }

            names.Add(ExpectIdentifier());
        }
        while (parenthesized && Accept(","));

        if (parenthesized)
        {
            Expect(")");
        }

        if (names.Count != arguments.Count)
        {
            throw Failure($"Too few parameters, expected {arguments.Count}");
        }

        for (int i = 0; i < names.Count; i++)
        {
            _parameters[names[i]] = arguments[i];
        }
    }

    private Expression ParseConditional()
    {
        Expression condition = ParseBinary(0);
        if (!Accept("?"))
        {
            return condition;
        }

        Expression ifTrue = ParseConditional();
        Expect(":");
        Expression ifFalse = ParseConditional();
        RequireBoolean(condition);
        (ifTrue, ifFalse) = ExpressionTypes.Unify(ifTrue, ifFalse);
        return Expression.Condition(condition, ifTrue, ifFalse);
    }

    private static readonly string[][] Levels =
        [["||", "or"], ["&&", "and"], ["==", "=", "!=", "<>", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private Expression ParseBinary(int level)
    {
        if (level == Levels.Length)
        {
            return ParseUnary();
        }

        Expression left = ParseBinary(level + 1);
        while (Current.Kind is TokenKind.Symbol or TokenKind.Identifier && Levels[level].Contains(Current.Text))
        {
            string symbol = _tokens[_position++].Text;
            Expression right = ParseBinary(level + 1);
            if (level < 2)
            {
                RequireBoolean(left);
                RequireBoolean(right);
            }

            (left, right) = ExpressionTypes.Unify(left, right);
            left = Combine(symbol, left, right);
        }

        return left;
    }

    private static Expression Combine(string symbol, Expression left, Expression right)
    {
        if (left.Type == typeof(bool) && symbol is not ("||" or "or" or "&&" or "and" or "==" or "=" or "!=" or "<>"))
        {
            throw Binding($"'{symbol}' needs numbers");
        }

        return symbol switch
        {
            "||" or "or" => Expression.OrElse(left, right),
            "&&" or "and" => Expression.AndAlso(left, right),
            "==" or "=" => Expression.Equal(left, right),
            "!=" or "<>" => Expression.NotEqual(left, right),
            "<" => Expression.LessThan(left, right),
            "<=" => Expression.LessThanOrEqual(left, right),
            ">" => Expression.GreaterThan(left, right),
            ">=" => Expression.GreaterThanOrEqual(left, right),
            "+" => Expression.Add(left, right),
            "-" => Expression.Subtract(left, right),
            "*" => Expression.Multiply(left, right),
            "/" => Expression.Divide(left, right),
            _ => Expression.Modulo(left, right),
        };
    }

    private Expression ParseUnary()
    {
        if (Accept("-"))
        {
            Expression operand = ParseUnary();
            return operand.Type != typeof(bool) ? Expression.Negate(operand) : throw Binding("'-' needs a number");
        }

        if (Accept("+"))
        {
            return ParseUnary();
        }

        if (Accept("!") || Accept("not"))
        {
            Expression operand = ParseUnary();
            RequireBoolean(operand);
            return Expression.Not(operand);
        }

        Expression value = ParsePrimary();
        return Accept("^") ? ExpressionFunctions.Power(value, ParseUnary()) : value;
    }

    private Expression ParsePrimary()
    {
        Token token = Current;
        if (Accept("("))
        {
            Expression inner = ParseConditional();
            Expect(")");
            return inner;
        }

        _position++;
        switch (token.Kind)
        {
            case TokenKind.IntLiteral:
            case TokenKind.RealLiteral:
                return Literal(token);
            case TokenKind.Identifier when token.Text == "with" && Accept("("):
                return ParseWith();
            case TokenKind.Identifier when Accept("("):
                return ExpressionFunctions.Call(token.Text, ParseArguments());
            case TokenKind.Identifier when token.Text is "true" or "false":
                return Expression.Constant(token.Text == "true");
            case TokenKind.Identifier:
                return _parameters.TryGetValue(token.Text, out Expression? parameter)
                    ? parameter
                    : throw Binding($"at '{token}': Unresolved identifier '{token.Text}'");
            default:
                _position--;
                throw Unexpected("<Ident>");
        }
    }

    /// <summary>The rest of <c>with(a = 1, b = a + x; a * b)</c>: each name holds from its definition to the closing bracket.</summary>
    private BlockExpression ParseWith()
    {
        Dictionary<string, Expression> outer = new(_parameters);
        List<ParameterExpression> locals = [];
        List<Expression> steps = [];
        do
        {
            string name = ExpectIdentifier();
            Expect("=");
            Expression value = ParseConditional();
            ParameterExpression local = Expression.Variable(value.Type, name);
            locals.Add(local);
            steps.Add(Expression.Assign(local, value));
            _parameters[name] = local;
        }
        while (Accept(","));

        Expect(";");
        steps.Add(ParseConditional());
        Expect(")");
        _parameters = outer;
        return Expression.Block(locals, steps);
    }

    // A real number is single precision, a suffix L, f or d says otherwise.
    private static ConstantExpression Literal(Token token)
    {
        string digits = token.Text.TrimEnd('l', 'L', 'f', 'F', 'd', 'D');
        char suffix = digits.Length < token.Text.Length ? char.ToLowerInvariant(token.Text[^1]) : '\0';
        return suffix == 'd' ? Expression.Constant(double.Parse(digits, CultureInfo.InvariantCulture))
            : suffix == 'f' || token.Kind == TokenKind.RealLiteral ? Expression.Constant(float.Parse(digits, CultureInfo.InvariantCulture))
            : suffix != 'l' && int.TryParse(digits, CultureInfo.InvariantCulture, out int number) ? Expression.Constant(number)
            : Expression.Constant(long.Parse(digits, CultureInfo.InvariantCulture));
    }

    private List<Expression> ParseArguments()
    {
        List<Expression> arguments = [ParseConditional()];
        while (Accept(","))
        {
            arguments.Add(ParseConditional());
        }

        Expect(")");
        return arguments;
    }

    private bool Accept(string text)
    {
        bool found = Current.Kind is TokenKind.Symbol or TokenKind.Identifier && Current.Text == text;
        _position += found ? 1 : 0;
        return found;
    }

    private void Expect(string text)
    {
        if (!Accept(text))
        {
            throw Unexpected(text);
        }
    }

    private string ExpectIdentifier() => Current.Kind == TokenKind.Identifier ? _tokens[_position++].Text : throw Unexpected("<Ident>");

    private static void RequireBoolean(Expression expression)
    {
        if (expression.Type != typeof(bool))
        {
            throw Binding("a condition must be boolean");
        }
    }

    private ArgumentOutOfRangeException Unexpected(string expected) =>
        Failure($"Expected: '{expected}', Found: '{(Current.Kind == TokenKind.End ? "<Eof>" : Current.Text)}'");

    private ArgumentOutOfRangeException Failure(string message) => new("expression", $"parsing failed: at '{Current}': {message}");

    internal static ArgumentOutOfRangeException Binding(string message) => new("expression", $"binding failed: {message}");
}
