using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Preparation;

/// <summary>What FeaturizeTable makes of the columns of a raw table.</summary>
[TestClass]
public class TableFeaturizingTests
{
    private static readonly string[] Labels = [nameof(RawTable.Label), nameof(RawTable.Target), nameof(RawTable.Flag)];
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Kinds_are_decided_from_the_values()
    {
        var fitted = Fit(View(RawTable.Rows()));

        Assert.AreEqual(
            "Age Number, Income Number, Rooms Number, Member Boolean, City Category, Grade Category, Joined Date, Seen Date, RowId Identifier, Country Constant, Comment Text",
            string.Join(", ", fitted.Columns.Select(column => $"{column.Name} {column.Kind}")));
    }

    [TestMethod]
    [DataRow("02134", TableColumnKind.Category)]
    [DataRow("2134", TableColumnKind.Number)]
    [DataRow("0.5", TableColumnKind.Number)]
    [DataRow("0", TableColumnKind.Number)]
    public void A_text_with_a_zero_before_other_digits_is_a_code(string text, TableColumnKind expected)
    {
        string[] texts = [text, "1", "2"];
        var data = View([.. Enumerable.Range(0, 30).Select(i => new RawTable { City = texts[i % 3], Age = i % 4 })]);

        Assert.AreEqual(expected, Fit(data).Columns.Single(column => column.Name == nameof(RawTable.City)).Kind);
    }

    [TestMethod]
    [DataRow("Row", "shuffled", TableColumnKind.Identifier)]
    [DataRow("Row", "rising with gaps", TableColumnKind.Identifier)]
    [DataRow("Visitors", "shuffled with gaps", TableColumnKind.Number)]
    [DataRow("Visitors", "rising widely", TableColumnKind.Number)]
    [DataRow("YearOfBirth", "rising", TableColumnKind.Number)]
    [DataRow("customer_id", "some twice", TableColumnKind.Identifier)]
    [DataRow("Visitors", "some twice", TableColumnKind.Number)]
    [DataRow("12.5", "shuffled with gaps", TableColumnKind.Identifier)]
    [DataRow("12.5", "some twice", TableColumnKind.Number)]
    public void Whole_numbers_are_identifiers_if_their_name_says_so_or_if_they_count_the_rows(string name, string how, TableColumnKind expected)
    {
        var definition = SchemaDefinition.Create(typeof(Whole));
        definition[nameof(Whole.Value)].ColumnName = name;
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Whole
        {
            Label = i % 2,
            Other = i % 7,
            Value = how switch
            {
                "rising" => 1800 + i,
                "shuffled" => i * 37 % 300,
                "rising with gaps" => (3 * i) + (i % 2),
                "shuffled with gaps" => 5 * (i * 37 % 300),
                "rising widely" => 1000 * i,
                _ => 100 + (i * 37 % 300 / 20 * 20) + Math.Max(i * 37 % 300 % 20, 1),
            },
        }).ToArray(), definition);

        Assert.AreEqual(expected, _ml.Transforms.FeaturizeTable().Fit(data).Columns.Single(column => column.Name == name).Kind);
    }

    [TestMethod]
    public void Slots_are_named_after_columns_and_their_count_is_told()
    {
        var data = View(RawTable.Rows(), nameof(RawTable.Comment));
        var fitted = Fit(data);

        string[] names = RawTable.SlotNames(fitted.Transform(data));
        Assert.AreEqual(
            "number.Age,number.Income,number.Rooms,number.Member,missing.Age,City.Graz,City.Linz,City.Wien,City.(other),Grade.A,Grade.B,Grade.C,Grade.(missing),Joined.year,"
            + "Joined.month sine,Joined.month cosine,Joined.day sine,Joined.day cosine,Joined.weekday sine,Joined.weekday cosine,Joined.hour sine,Joined.hour cosine,Joined.days,"
            + "Seen.year,Seen.month sine,Seen.month cosine,Seen.day sine,Seen.day cosine,Seen.weekday sine,Seen.weekday cosine,Seen.days,missing.Seen",
            string.Join(',', names));
        Assert.AreEqual(names.Length, fitted.Columns.Sum(column => column.SlotCount));
        VBuffer<int> ranges = default;
        fitted.Transform(data).Schema["Features"].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.AreEqual("5 8 9 12", string.Join(' ', ranges.DenseValues()));
    }

    [TestMethod]
    public void Numbers_lie_around_their_median_and_an_outlier_stays_near()
    {
        var data = _ml.Data.LoadFromEnumerable(new float[] { 1, 2, 3, 4, 1e9f, float.NaN }.Select(value => new RawTable { Age = value }).ToArray());
        var fitted = _ml.Transforms.FeaturizeTable(Only(nameof(RawTable.Age))).Fit(data);

        // Median 3, quartiles 2 and 4: z = -1, -1/2, 0, 1/2, bent by sqrt(1 + z²/9).
        float[][] expected = [[-1 / float.Sqrt(10 / 9f), 0], [-0.5f / float.Sqrt(1 + (0.25f / 9)), 0], [0, 0], [0.5f / float.Sqrt(1 + (0.25f / 9)), 0], [2.99999f, 0], [0, 1]];
        AreClose(expected, Features(fitted, data));
        Assert.AreEqual("Age: number, 5 values, 1 missing; scaled (3 is 0, 2 away is 1), missing an indicator", fitted.Columns.Single(column => column.SlotCount > 0).ToString());
    }

    [TestMethod]
    public void Dates_become_their_place_in_the_calendar()
    {
        DateTime[] dates = [new(2024, 2, 29, 6, 0, 0), new(1900, 3, 1), new(2000, 12, 31, 18, 0, 0), new(1, 1, 2), new(9999, 12, 31, 23, 59, 59), new(2023, 7, 14, 12, 30, 0)];
        var data = _ml.Data.LoadFromEnumerable(dates.Select(date => new RawTable { Joined = date }).ToArray());
        var fitted = _ml.Transforms.FeaturizeTable(Only(nameof(RawTable.Joined))).Fit(data);

        string[] names = [.. RawTable.SlotNames(fitted.Transform(data)).Select(name => name["Joined.".Length..])];
        Assert.HasCount(10, names);
        foreach (var (date, features) in dates.Zip(Features(fitted, data)))
        {
            var slots = names.Zip(features).ToDictionary();
            double month = 2 * Math.PI * (date.Month - 1) / 12, day = 2 * Math.PI * (date.Day - 1) / 31, weekday = 2 * Math.PI * (int)date.DayOfWeek / 7, hour = 2 * Math.PI * date.TimeOfDay.TotalHours / 24;
            foreach (var (part, angle) in new[] { ("month", month), ("day", day), ("weekday", weekday), ("hour", hour) })
            {
                Assert.AreEqual(Math.Sin(angle), slots[$"{part} sine"], 1e-5, $"{part} of {date}");
                Assert.AreEqual(Math.Cos(angle), slots[$"{part} cosine"], 1e-5, $"{part} of {date}");
            }
        }

        int year = Array.IndexOf(names, "year"), days = Array.IndexOf(names, "days");
        float[][] rows = Features(fitted, data);
        int[] byDate = [.. dates.Index().OrderBy(date => date.Item).Select(date => date.Index)];
        CollectionAssert.AreEqual(byDate, dates.Index().OrderBy(date => rows[date.Index][days]).Select(date => date.Index).ToArray());
        CollectionAssert.AreEqual(byDate, dates.Index().OrderBy(date => rows[date.Index][year]).Select(date => date.Index).ToArray());
    }

    [TestMethod]
    public void Values_that_training_never_had_are_treated_and_counted()
    {
        var fitted = Fit(View(RawTable.Rows()));
        var odd = View(RawTable.Odd());

        foreach (float[] row in Features(fitted, odd))
        {
            Assert.IsTrue(row.All(value => float.IsFinite(value) && Math.Abs(value) <= 3));
        }

        Assert.AreEqual(
            "UnexpectedValues { Column = Age, MissingCount = 0, UnseenCount = 0, InfiniteCount = 1 }; UnexpectedValues { Column = Income, MissingCount = 1, UnseenCount = 0, InfiniteCount = 1 }; "
            + "UnexpectedValues { Column = City, MissingCount = 1, UnseenCount = 1, InfiniteCount = 0 }; UnexpectedValues { Column = Grade, MissingCount = 0, UnseenCount = 1, InfiniteCount = 0 }; "
            + "UnexpectedValues { Column = Joined, MissingCount = 1, UnseenCount = 0, InfiniteCount = 0 }",
            string.Join("; ", fitted.CountUnexpected(odd)));
        Assert.IsEmpty(fitted.CountUnexpected(View(RawTable.Rows())));
    }

    [TestMethod]
    public void Unseen_levels_share_the_slot_of_rare_ones_and_have_none_where_no_level_was_rare()
    {
        var data = View(RawTable.Rows(), nameof(RawTable.Comment));
        var fitted = Fit(data);
        var odd = View(RawTable.Odd(), nameof(RawTable.Comment));
        string[] names = RawTable.SlotNames(fitted.Transform(odd));
        float[][] rows = Features(fitted, odd);

        Assert.AreEqual(1, rows[3][Array.IndexOf(names, "City.(other)")]);
        Assert.AreEqual(0, names.Zip(rows[5]).Where(slot => slot.First.StartsWith("Grade.", StringComparison.Ordinal)).Sum(slot => slot.Second));
    }

    [TestMethod]
    public void Columns_are_found_by_name()
    {
        var data = View(RawTable.Rows(), nameof(RawTable.Comment));
        var fitted = Fit(data);
        string[] reversed = [.. data.Schema.Select(column => column.Name).Reverse()];

        AreClose(Features(fitted, data), Features(fitted, _ml.Transforms.SelectColumns(reversed).Fit(data).Transform(data)));
    }

    [TestMethod]
    public void Options_say_kinds_label_limits_and_output()
    {
        var data = View(RawTable.Rows(), nameof(RawTable.Comment));
        var options = new TableFeaturizingEstimator.Options { OutputColumnName = "X", LabelColumnName = nameof(RawTable.Age), MinimumLevelCount = 1, MaximumLevels = 2 };
        options.ColumnKinds.Add(nameof(RawTable.Rooms), TableColumnKind.Category);
        options.ColumnKinds.Add(nameof(RawTable.Member), TableColumnKind.Category);
        options.ColumnKinds.Add(nameof(RawTable.Income), TableColumnKind.Ignored);
        options.ColumnKinds.Add(nameof(RawTable.RowId), TableColumnKind.Number);
        var fitted = _ml.Transforms.FeaturizeTable(options).Fit(data);

        var kinds = fitted.Columns.ToDictionary(column => column.Name);
        Assert.IsFalse(kinds.ContainsKey(nameof(RawTable.Age)));
        Assert.AreEqual((TableColumnKind.Category, 3), (kinds["Rooms"].Kind, kinds["Rooms"].SlotCount));
        Assert.AreEqual((TableColumnKind.Category, 2), (kinds["Member"].Kind, kinds["Member"].SlotCount));
        Assert.AreEqual((TableColumnKind.Ignored, "left out: told to"), (kinds["Income"].Kind, kinds["Income"].Treatment));
        Assert.AreEqual((TableColumnKind.Number, 1), (kinds["RowId"].Kind, kinds["RowId"].SlotCount));
        Assert.IsNotNull(fitted.Transform(data).Schema.GetColumnOrNull("X"));
        Assert.AreEqual(data.Schema.Count + 1, fitted.Transform(data).Schema.Count(column => !column.IsHidden));
    }

    [TestMethod]
    public void Numbers_and_moments_told_to_be_categories_have_a_missing_level()
    {
        var rows = RawTable.Rows();
        foreach (var row in rows)
        {
            row.Joined = row.Rooms == 1 ? default : new DateTime(2020, row.Rooms, 1);
        }

        var options = new TableFeaturizingEstimator.Options { LabelColumnName = null };
        options.ColumnKinds.Add(nameof(RawTable.Age), TableColumnKind.Category);
        options.ColumnKinds.Add(nameof(RawTable.Joined), TableColumnKind.Category);
        var data = View(rows, nameof(RawTable.Comment));
        var fitted = _ml.Transforms.FeaturizeTable(options).Fit(data);

        var names = RawTable.SlotNames(fitted.Transform(data));
        Assert.AreEqual(rows.Count(row => float.IsNaN(row.Age)), Features(fitted, data).Sum(row => row[Array.IndexOf(names, "Age.(missing)")]));
        Assert.AreEqual(rows.Count(row => row.Rooms == 1), Features(fitted, data).Sum(row => row[Array.IndexOf(names, "Joined.(missing)")]));
        Assert.AreEqual((long)rows.Count(row => float.IsNaN(row.Age)), fitted.Columns.Single(column => column.Name == nameof(RawTable.Age)).MissingCount);
        Assert.AreEqual(rows.Length, Features(fitted, data).Sum(row => names.Zip(row).Where(slot => slot.First.StartsWith("Age.", StringComparison.Ordinal)).Sum(slot => slot.Second)));
        Assert.IsEmpty(fitted.CountUnexpected(data));
    }

    [TestMethod]
    public void A_column_of_rare_levels_with_gaps_tells_at_least_the_gaps()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new RawTable { City = i % 2 == 0 ? "" : $"C{i}" }).ToArray());
        var fitted = _ml.Transforms.FeaturizeTable(Only(nameof(RawTable.City))).Fit(data);

        // ML.NET's Concatenate puts no column's name before the slots of a single vector.
        Assert.AreEqual("(other),(missing)", string.Join(',', RawTable.SlotNames(fitted.Transform(data))));
    }

    [TestMethod]
    public void What_cannot_be_is_one_clear_error()
    {
        var data = View(RawTable.Rows());
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.FeaturizeTable(labelColumnName: "No").Fit(data)).Message, "'No'");
        var wrong = new TableFeaturizingEstimator.Options { LabelColumnName = null };
        wrong.ColumnKinds.Add(nameof(RawTable.Age), TableColumnKind.Date);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.FeaturizeTable(wrong).Fit(data)).Message, "'Age' is of type Single");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Transforms.FeaturizeTable(Only(nameof(RawTable.Country))).Fit(_ml.Data.LoadFromEnumerable(RawTable.Rows()))).Message, "Country: constant");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.FeaturizeTable(new TableFeaturizingEstimator.Options { MaximumLevels = 0 }));
    }

    private static TableFeaturizingEstimator.Options Only(string name)
    {
        var options = new TableFeaturizingEstimator.Options { LabelColumnName = null };
        foreach (var property in typeof(RawTable).GetProperties().Where(property => property.Name != name))
        {
            options.ColumnKinds.Add(property.Name, TableColumnKind.Ignored);
        }

        return options;
    }

    private static float[][] Features(TableFeaturizingTransformer fitted, IDataView data) => [.. fitted.Transform(data).GetColumn<float[]>("Features")];

    private static void AreClose(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        foreach (var (x, y) in expected.SelectMany(row => row).Zip(actual.SelectMany(row => row), (x, y) => (x, y)))
        {
            Assert.AreEqual(x, y, 1e-5f);
        }
    }

    private IDataView View(RawTable[] rows, params string[] without) => RawTable.View(_ml, rows, [.. without, .. Labels]);

    private TableFeaturizingTransformer Fit(IDataView data) => _ml.Transforms.FeaturizeTable(labelColumnName: null).Fit(data);

    private sealed class Whole
    {
        public int Label { get; set; }

        public int Other { get; set; }

        public int Value { get; set; }
    }
}
