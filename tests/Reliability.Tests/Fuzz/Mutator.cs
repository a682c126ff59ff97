namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Seeded damage: to bytes, to text, to numbers.</summary>
/// <param name="seed">The seed of the case.</param>
internal sealed class Mutator(int seed)
{
    private static readonly double[] oddNumbers =
    [
        0, -0.0, 1, -1, 0.5, 2, 1e-300, -1e-300, 1e300, -1e300, double.Epsilon, double.MaxValue, double.MinValue,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, int.MaxValue, int.MinValue, long.MaxValue,
    ];

    private static readonly string[] oddTexts =
    [
        "", " ", ",", "\"", "\"\"", "\n", "\r\n", "\t", "\0", "NaN", "1e999", "-", "--", "=1+1", "../../x", "/dev/null", "CON", "é", "שלום", "😀", "\uFEFF", "\uD800",
        "2147483648", "1,5", "TRUE", "null", "%s", "{0}", "[red]", "<script>",
    ];

    public Random Random { get; } = new(seed);

    public int Seed => seed;

    public T Pick<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    /// <summary>A number from the edges of its range, or an ordinary one.</summary>
    public double Number() => Random.Next(3) == 0 ? Random.NextDouble() * 10 - 5 : Pick(oddNumbers);

    public string Text() => Random.Next(4) == 0 ? new string([.. Enumerable.Range(0, Random.Next(50)).Select(_ => (char)Random.Next(1, 0x3000))]) : Pick(oddTexts);

    /// <summary>The bytes with flipped bits, a cut, a repeat, inserted or overwritten spans.</summary>
    public byte[] Damage(byte[] original)
    {
        var bytes = new List<byte>(original);
        for (int round = Random.Next(1, 5); round > 0 && bytes.Count > 0; round--)
        {
            int at = Random.Next(bytes.Count);
            switch (Random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << Random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(Random.Next(1, 64), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(Random.Next(1, 64), bytes.Count - at)));
                    break;
                case 4:
                    OverwriteCount(bytes, at);
                    break;
                default:
                    byte[] noise = new byte[Random.Next(1, 32)];
                    Random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts a huge, negative or off-by-one number where a count may stand.</summary>
    private void OverwriteCount(List<byte> bytes, int at)
    {
        byte[] count = BitConverter.GetBytes(Pick<int>([int.MaxValue, int.MinValue, -1, 0, 1 << 30, 0x00FFFFFF]));
        for (int i = 0; i < count.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = count[i];
        }
    }
}
