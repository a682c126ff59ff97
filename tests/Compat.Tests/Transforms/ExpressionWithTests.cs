using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests.Transforms;

/// <summary>Local names in expressions: with(name = value, ...; result).</summary>
[TestClass]
public class ExpressionWithTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    [DataRow("x => with(a = x + 1; a * a)", 9f)]
    [DataRow("x => with(a = x + 1, b = a * a; b - a)", 6f)]
    [DataRow("x => with(x = x + 1; x) + x", 5f)]
    public void A_local_name_holds_up_to_its_bracket(string expression, float expected)
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { X = 2 } });
        var result = _ml.Transforms.Expression("Y", expression, "X").Fit(data).Transform(data);
        Assert.AreEqual(expected, result.GetColumn<float>("Y").Single());
    }

    [TestMethod]
    [DataRow("x => with(a = x; a) + a")]
    [DataRow("x => with(a = x)")]
    [DataRow("x => with(a; x)")]
    [DataRow("x => with(a = b, b = x; a)")]
    public void A_name_out_of_its_bracket_or_without_a_value_is_an_error(string expression)
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { X = 2 } });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.Expression("Y", expression, "X").Fit(data));
    }

    private sealed class Row
    {
        public float X { get; set; }
    }
}
