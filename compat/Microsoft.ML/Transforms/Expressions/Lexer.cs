using System.Globalization;
using System.Text;

namespace Microsoft.ML.Transforms;

internal enum TokenKind
{
    Identifier,
    IntLiteral,
    RealLiteral,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text)
{
    public override string ToString() => Kind switch
    {
        TokenKind.End => "Eof",
        TokenKind.Identifier => $"Ident: {Text}",
        _ => Text,
    };
}

/// <summary>Splits the text of an expression into names, numbers and operators.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["=>", "==", "!=", "<>", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "^", "<", ">", "=", "!", "?", ":", "(", ")", ",", ";"];

    public static IReadOnlyList<Token> Read(string text)
    {
        List<Token> tokens = [];
        for (int position = 0; position < text.Length;)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            Token token = Next(text, position);
            tokens.Add(token);
            position += token.Text.Length;
        }

        tokens.Add(new(TokenKind.End, ""));
        return tokens;
    }

    private static Token Next(string text, int position)
    {
        char first = text[position];
        if (char.IsLetter(first) || first == '_')
        {
            return new(TokenKind.Identifier, Run(text, position, c => char.IsLetterOrDigit(c) || c == '_'));
        }

        if (char.IsDigit(first) || (first == '.' && position + 1 < text.Length && char.IsDigit(text[position + 1])))
        {
            return Number(text, position);
        }

        string? symbol = Array.Find(Symbols, symbol => string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0);
        return symbol is not null
            ? new(TokenKind.Symbol, symbol)
            : throw new ArgumentOutOfRangeException("expression", $"parsing failed: at '{Unexpected(first)}': {Unexpected(first)}");
    }

    private static Token Number(string text, int position)
    {
        StringBuilder number = new(Run(text, position, char.IsDigit));
        TokenKind kind = TokenKind.IntLiteral;
        if (Peek(text, position + number.Length) == '.')
        {
            kind = TokenKind.RealLiteral;
            number.Append('.').Append(Run(text, position + number.Length, char.IsDigit));
        }

        if (Peek(text, position + number.Length) is 'e' or 'E')
        {
            string sign = Peek(text, position + number.Length + 1) is '+' or '-' ? $"{text[position + number.Length + 1]}" : "";
            string exponent = Run(text, position + number.Length + 1 + sign.Length, char.IsDigit);
            if (exponent.Length > 0)
            {
                kind = TokenKind.RealLiteral;
                number.Append(CultureInfo.InvariantCulture, $"{text[position + number.Length]}{sign}{exponent}");
            }
        }

        return new(kind, Peek(text, position + number.Length) is var suffix && "lLfFdD".Contains(suffix) ? $"{number}{suffix}" : number.ToString());
    }

    private static string Unexpected(char c) => $"Unexpected character '{c}(\\u{(int)c:x4})'";

    private static char Peek(string text, int position) => position < text.Length ? text[position] : '\0';

    private static string Run(string text, int start, Func<char, bool> accepts)
    {
        int end = start;
        while (end < text.Length && accepts(text[end]))
        {
            end++;
        }

        return text[start..end];
    }
}
