using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Preparation;

/// <summary>A table as it comes: numbers with gaps, Booleans, categories with rare levels, dates as moments and as text, row numbers, constants, free text.</summary>
internal sealed class RawTable
{
    private static readonly string[] Words = ["good", "bad", "Cheap", "late,", "NEVER", "again!", "fast", "größer", "Ölig", "(日本語)", "naïve", "iPhone", "don't"];

    public float Age { get; set; }

    public double Income { get; set; }

    public int Rooms { get; set; }

    public bool Member { get; set; }

    public string City { get; set; } = "";

    public string Grade { get; set; } = "";

    public DateTime Joined { get; set; }

    public string Seen { get; set; } = "";

    public int RowId { get; set; }

    public string Country { get; set; } = "";

    public string Comment { get; set; } = "";

    public string Label { get; set; } = "";

    public float Target { get; set; }

    public bool Flag { get; set; }

    public static RawTable[] Rows(int count = 300, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string city = random.Next(20) switch { 0 => $"village {random.Next(9)}", < 8 => "Graz", < 14 => "Wien", _ => "Linz" };
            float age = random.Next(18, 90);
            var row = new RawTable
            {
                Age = random.Next(10) == 0 ? float.NaN : age,
                Income = Math.Exp(3 * random.NextDouble()) * 1000,
                Rooms = random.Next(1, 6),
                Member = random.Next(3) == 0,
                City = city,
                Grade = random.Next(8) == 0 ? "" : ((char)('A' + random.Next(3))).ToString(),
                Joined = new DateTime(2015, 1, 1).AddHours(random.Next(80_000)),
                Seen = random.Next(6) == 0 ? "" : new DateTime(1999, 12, 1).AddDays(random.Next(500)).ToString("yyyy-MM-dd", null),
                RowId = 1000 + i,
                Country = "Austria",
                Comment = string.Join(' ', Enumerable.Range(0, 4).Select(_ => Words[random.Next(Words.Length)])),
                Target = (age / 10) + (city == "Graz" ? 2 : 0) + random.NextSingle(),
                Flag = age > 50,
            };
            row.Label = age > 60 ? "old" : city == "Graz" ? "graz" : "other";
            return row;
        })];
    }

    /// <summary>Rows with what training had no example of.</summary>
    public static RawTable[] Odd()
    {
        var rows = Rows(12, seed: 2);
        rows[0].Income = double.NaN;
        rows[1].Income = double.PositiveInfinity;
        rows[2].Age = float.NegativeInfinity;
        rows[3].City = "Atlantis";
        rows[4].City = "";
        rows[5].Grade = "Z";
        rows[6].Joined = default;
        rows[7].Seen = "no date";
        rows[8].Seen = "2001-02-03 04:05:06";
        rows[9].Age = 1e30f;
        rows[10].Seen = "2000-02-29T23:59";
        string[] comments = ["", "   ", "GOOD bad", "good  BAD Cheap...GRÖSSER,GRÖßER,ölig;ÖLIG NAÏVE", "unknown words only", "😀good😀 bad 😀 good", "日本語 (日本語)日本語", "\t\"Iphone\"\u00A0iPhone\u2014IPHONE\u2028", "good|bad good_bad good-bad", "e\u0301 naï\0ve", "don\u2019t DON'T", "x"];
        foreach (var (row, comment) in rows.Zip(comments))
        {
            row.Comment = comment;
        }

        return rows;
    }

    public static IDataView View(MLContext ml, IEnumerable<RawTable> rows, params string[] without) =>
        ml.Transforms.DropColumns([.. without, "Unused"]).Fit(Unused(ml, rows)).Transform(Unused(ml, rows));

    private static IDataView Unused(MLContext ml, IEnumerable<RawTable> rows)
    {
        var view = ml.Data.LoadFromEnumerable(rows.ToArray());
        return ml.Transforms.CopyColumns("Unused", nameof(Age)).Fit(view).Transform(view);
    }

    public static string[] SlotNames(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Features"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
