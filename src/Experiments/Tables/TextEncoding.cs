using System.Text;

namespace EE569.Experiments.Tables;

/// <summary>The encoding of a table's text, by the user's word or by its first bytes; without either it must be UTF-8.</summary>
internal static class TextEncoding
{
    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"), ([0xFF, 0xFE, 0, 0], "utf-32"), ([0xFF, 0xFE], "utf-16"), ([0xFE, 0xFF], "utf-16BE"),
    ];

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding, strict, and how many bytes of mark stand before the text.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="name">What the user says, or null.</param>
    public static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> start, string? name)
    {
        foreach ((byte[] mark, string marked) in Marks)
        {
            if (start.StartsWith(mark))
            {
                return (Named(name is null || IsFamily(name, marked) ? marked : name), mark.Length);
            }
        }

        string guess = name ?? (start.Length >= 4 && start[1] == 0 && start[3] == 0 ? "utf-16" : start.Length >= 4 && start[0] == 0 && start[2] == 0 ? "utf-16BE" : "utf-8");
        return (Named(guess), 0);
    }

    /// <summary>The text as UTF-8, without its mark.</summary>
    /// <exception cref="DecoderFallbackException">On reading: bytes are not of the encoding.</exception>
    public static Stream ToUtf8(Stream bytes, Encoding encoding, int markLength)
    {
        bytes.ReadExactly(new byte[markLength]);
        return encoding is UTF8Encoding ? new Utf8Stream(bytes) : Encoding.CreateTranscodingStream(bytes, encoding, new UTF8Encoding(false));
    }

    /// <summary>The line of the first bytes that are not of the encoding.</summary>
    public static long LineOfFault(Stream bytes, Encoding encoding, int markLength)
    {
        bytes.ReadExactly(new byte[markLength]);
        Decoder decoder = encoding.GetDecoder();
        byte[] one = new byte[1];
        char[] characters = new char[4];
        long line = 1;
        try
        {
            for (bool wasReturn = false; bytes.Read(one) == 1;)
            {
                int count = decoder.GetChars(one, characters, flush: false);
                foreach (char character in characters.AsSpan(0, count))
                {
                    line += character == '\r' || (character == '\n' && !wasReturn) ? 1 : 0;
                    wasReturn = character == '\r';
                }
            }
        }
        catch (DecoderFallbackException)
        {
        }

        return line;
    }

    private static bool IsFamily(string name, string marked) => name.Replace("-", "", StringComparison.Ordinal).StartsWith(marked[..6].Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static Encoding Named(string name)
    {
        try
        {
            return name is "utf-8" ? new UTF8Encoding(false, throwOnInvalidBytes: true) : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException exception)
        {
            throw new UserException($"There is no encoding '{name}'. Usual ones are utf-8, utf-16, windows-1252, iso-8859-1, shift_jis, gb18030.", exception);
        }
    }
}
