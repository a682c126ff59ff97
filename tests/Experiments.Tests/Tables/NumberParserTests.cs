using System.Globalization;
using System.Text;
using EE569.Experiments.Tables;

namespace EE569.Experiments.Tests.Tables;

[TestClass]
public sealed class NumberParserTests
{
    [TestMethod]
    [DataRow("1234.5", 1234.5f)]
    [DataRow("-1e-3", -1e-3f)]
    [DataRow("+7", 7f)]
    [DataRow("−7", -7f)]
    [DataRow(".5", .5f)]
    [DataRow("5.", 5f)]
    [DataRow("0", 0f)]
    [DataRow("0.50", .5f)]
    [DataRow("1,234", 1234f)]
    [DataRow("1,234,567.25", 1234567.25f)]
    [DataRow("1 234 567", 1234567f)]
    [DataRow("1 234", 1234f)]
    [DataRow("1'234.5", 1234.5f)]
    [DataRow("$1,200", 1200f)]
    [DataRow("-$5.50", -5.5f)]
    [DataRow("$ -5.50", -5.5f)]
    [DataRow("12 €", 12f)]
    [DataRow("12 %", 12f)]
    [DataRow("Infinity", float.PositiveInfinity)]
    [DataRow("-inf", float.NegativeInfinity)]
    [DataRow("1e39", float.PositiveInfinity)]
    [DataRow("1.17549435E-38", 1.17549435E-38f)]
    public void Numbers_are_read_as_people_write_them(string text, float value) => Assert.AreEqual(value, Read(text, decimalComma: false));

    [TestMethod]
    [DataRow("1,5", 1.5f)]
    [DataRow("1.234,5", 1234.5f)]
    [DataRow("-0,25", -.25f)]
    [DataRow("12,5 %", 12.5f)]
    public void The_comma_divides_decimals_where_the_table_says_so(string text, float value) => Assert.AreEqual(value, Read(text, decimalComma: true));

    [TestMethod]
    [DataRow("")]
    [DataRow("-")]
    [DataRow(".")]
    [DataRow("1,23")]
    [DataRow("1,2345")]
    [DataRow("12,34,567")]
    [DataRow("1,234 567")]
    [DataRow("1.2.3")]
    [DataRow("02134")]
    [DataRow("00")]
    [DataRow("1e")]
    [DataRow("e5")]
    [DataRow("12 kg")]
    [DataRow("0x1F")]
    [DataRow("1d")]
    [DataRow("--5")]
    [DataRow("2015-01-31")]
    public void What_is_no_number_is_not_read_as_one(string text) => Assert.IsNull(Read(text, decimalComma: false));

    /// <summary>The quick way rounds twice, so it must know when that is one time too many.</summary>
    [TestMethod]
    public void Every_number_is_the_float_nearest_to_it()
    {
        var random = new Random(1);
        var parser = new NumberParser(false);
        int quick = 0;
        for (int i = 0; i < 200_000; i++)
        {
            // Half are in the middle of two floats or a digit away from it, where rounding twice goes wrong.
            float near = (float)(random.NextDouble() * Math.Pow(10, random.Next(-3, 6)));
            double middle = ((double)near + BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(near) + 1)) / 2;
            string text = (i % 2 == 0 ? middle : random.NextDouble() * Math.Pow(10, random.Next(-3, 9))).ToString("F" + random.Next(0, 12), CultureInfo.InvariantCulture);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            bool isQuick = parser.TryParseSimple(bytes, out float value);
            quick += isQuick ? 1 : 0;
            if (isQuick || parser.TryParse(bytes, false, out value, out _))
            {
                Assert.AreEqual(float.Parse(text, CultureInfo.InvariantCulture), value, text);
            }
        }

        Assert.IsGreaterThan(100_000, quick);
    }

    private static float? Read(string text, bool decimalComma)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var parser = new NumberParser(decimalComma);
        return parser.TryParseSimple(bytes, out float value) || parser.TryParse(bytes, acceptCodes: false, out value, out _) ? value : null;
    }
}
