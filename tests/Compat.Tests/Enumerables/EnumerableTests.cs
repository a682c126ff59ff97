using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Objects become rows and rows objects, by attributes and by definition.</summary>
[TestClass]
public sealed class EnumerableTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Fields_come_before_properties_and_attributes_name_type_and_hide_columns()
    {
        DataViewSchema schema = _ml.Data.LoadFromEnumerable<Annotated>([new()]).Schema;
        Assert.AreEqual("Renamed: Single; Key: Key<UInt32, 0-4>; Vector: Vector<Double, 2>; Open: Vector<Int32>; Text: String; Property: Boolean",
            string.Join("; ", schema.Select(column => $"{column.Name}: {column.Type}")));
    }

    [TestMethod]
    [DataRow(SchemaDefinition.Direction.Read, "Field, Both, ReadOnly")]
    [DataRow(SchemaDefinition.Direction.Write, "Field, Both, WriteOnly")]
    [DataRow(SchemaDefinition.Direction.Both, "Field, Both, ReadOnly, WriteOnly")]
    public void A_definition_holds_the_members_that_can_be_read_or_written(SchemaDefinition.Direction direction, string expected)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Accessors), direction);
        Assert.AreEqual(expected, string.Join(", ", definition.Select(column => column.ColumnName)));
        Assert.IsNull(definition["Nope"]);
    }

    [TestMethod]
    public void Objects_survive_the_way_into_a_view_and_back()
    {
        Annotated[] rows = [new() { Single = 1.5f, Key = 2, Vector = [1, 2], Open = [3], Text = "a", Property = true }, new() { Vector = [3, 4], Open = [], Text = "" }];
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        Annotated[] back = [.. _ml.Data.CreateEnumerable<Annotated>(view, reuseRowObject: false)];
        Assert.HasCount(2, back);
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(rows[i].Single, back[i].Single);
            CollectionAssert.AreEqual(rows[i].Vector, back[i].Vector);
            CollectionAssert.AreEqual(rows[i].Open, back[i].Open);
            Assert.AreEqual(rows[i].Text, back[i].Text);
            Assert.AreEqual(rows[i].Property, back[i].Property);
        }
    }

    [TestMethod]
    public void Class_keys_count_from_zero_and_column_keys_from_one()
    {
        var golden = new GoldenFile("schema.json")["clr_key_mapping"];
        IDataView view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(label => new KeyRow { Label = (uint)label }));
        GoldenFile.AssertEqual(golden["raw"], GoldenFile.Value(view.GetColumn<uint>("Label")), "raw");
        uint[] back = [.. _ml.Data.CreateEnumerable<KeyRow>(view, reuseRowObject: false).Select(row => row.Label)];
        GoldenFile.AssertEqual(golden["create_enumerable"], GoldenFile.Value(back), "create_enumerable");
    }

    [TestMethod]
    public void A_definition_can_rename_retype_and_annotate()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(KeyRow));
        definition["Label"].ColumnName = "Class";
        definition["Class"].ColumnType = new KeyDataViewType(typeof(uint), 2);
        definition["Class"].AddAnnotation("Note", "x".AsMemory(), TextDataViewType.Instance);
        IDataView view = _ml.Data.LoadFromEnumerable<KeyRow>([new() { Label = 1 }, new() { Label = 2 }], definition);
        Assert.AreEqual("Class: Key<UInt32, 0-1> {Note}", view.Schema[0].ToString());
        CollectionAssert.AreEqual(new uint[] { 2, 0 }, view.GetColumn<uint>("Class").ToArray());
    }

    [TestMethod]
    public void A_reused_row_object_is_one_object()
    {
        IDataView view = _ml.Data.LoadFromEnumerable<KeyRow>([new(), new()]);
        Assert.HasCount(1, _ml.Data.CreateEnumerable<KeyRow>(view, reuseRowObject: true).Distinct());
        Assert.HasCount(2, _ml.Data.CreateEnumerable<KeyRow>(view, reuseRowObject: false).Distinct());
    }

    [TestMethod]
    public void Columns_are_read_as_values_texts_and_arrays()
    {
        IDataView view = _ml.Data.LoadFromEnumerable<Annotated>([new() { Text = "a", Vector = [1, 2] }]);
        Assert.AreEqual("a", view.GetColumn<string>("Text").Single());
        CollectionAssert.AreEqual(new double[] { 1, 2 }, view.GetColumn<double[]>("Vector").Single());
        Assert.AreEqual("Cannot map column (name: Renamed, type: Single) in data to the user-defined type, System.String. (Parameter 'column')",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => view.GetColumn<string>("Renamed").Count()).Message);
    }

    [TestMethod]
    public void Bad_classes_are_refused_naming_the_member()
    {
        AssertRefused("Duplicate column name 'A' detected, this is disallowed (Parameter 'userType')", () => _ml.Data.LoadFromEnumerable<Twice>([]));
        AssertRefused("Could not determine an IDataView type and registered custom types for member Money (Parameter 'rawType')", () => _ml.Data.LoadFromEnumerable<Decimals>([]));
        AssertRefused("Member Weight marked with KeyType attribute, but does not appear to be a valid kind of data for a key type (Parameter 'userType')",
            () => _ml.Data.LoadFromEnumerable<FloatKey>([]));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Data.LoadFromEnumerable<KeyRow>(null!));
        Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Data.LoadFromEnumerable<KeyRow>([null!]).GetColumn<uint>("Label").Count());
    }

    [TestMethod]
    public void Reading_into_a_class_names_what_is_missing_or_of_another_type()
    {
        IDataView view = _ml.Data.LoadFromEnumerable<KeyRow>([new()]);
        AssertRefused("Could not find  column 'Renamed' (Parameter 'Schema')", () => _ml.Data.CreateEnumerable<Annotated>(view, false).Count());
        Assert.AreEqual("Can't bind the IDataView column 'Label' of type 'Key<UInt32, 0-2>' to field or property 'Label' of type 'System.String'.",
            Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Data.CreateEnumerable<TextLabel>(view, false).Count()).Message);
        Assert.HasCount(1, _ml.Data.CreateEnumerable<Annotated>(view, reuseRowObject: false, ignoreMissingColumns: true));
    }

    [TestMethod]
    public void A_cursor_refuses_what_it_cannot_give()
    {
        IDataView view = _ml.Data.LoadFromEnumerable<Annotated>([new()]);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Text"]]);
        Assert.IsTrue(cursor.IsColumnActive(view.Schema["Text"]));
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Key"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<uint>(view.Schema["Key"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Text"]));
        AssertRefused("Column 'Nope' not found (Parameter 'name')", () => view.Schema["Nope"]);
        Assert.IsNull(view.Schema.GetColumnOrNull("Nope"));
    }

    private static void AssertRefused(string message, Func<object> request) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => request()).Message);

    private sealed class Annotated
    {
        public bool Property { get; set; }

        [ColumnName("Renamed")]
        public float Single;

        [KeyType(5)]
        public uint Key;

        [VectorType(2)]
        public double[] Vector = [];

        public int[] Open = [];
        public string Text = "";

        [NoColumn]
        public object? Ignored { get; set; }
    }

    private sealed class Accessors
    {
        public float Field = 0.5f;

        public float Both { get; set; }

        public float ReadOnly => Field;

        public float WriteOnly
        {
            set => Field = value;
        }
    }

    private sealed class KeyRow
    {
        [KeyType(3)]
        public uint Label;
    }

    private sealed class TextLabel
    {
        public string Label = "";
    }

    private sealed class Twice
    {
        [ColumnName("A")]
        public float First { get; set; }

        [ColumnName("A")]
        public float Second { get; set; }
    }

    private sealed class Decimals
    {
        public decimal Money { get; set; }
    }

    private sealed class FloatKey
    {
        [KeyType(3)]
        public float Weight { get; set; }
    }
}
