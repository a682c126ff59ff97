using CsvHelper;

namespace EE569.Experiments.Studies.Data;

/// <summary>Reads the shipped data sets: numeric features and, last, the column Label.</summary>
internal static class LabeledCsv
{
    /// <summary>Reads a file of the program's data folder, such as "iris.csv". Classes are in the order of their first appearance.</summary>
    public static Examples ReadShipped(string file) => Read(ShippedPath(file));

    /// <summary>Where a shipped data set lies.</summary>
    public static string ShippedPath(string file) => Path.Combine(AppContext.BaseDirectory, "data", file);

    public static Examples Read(string path)
    {
        using var csv = CsvReader.FromFile(path);
        int features = csv.Headers.Count - 1;
        var values = new List<float>();
        var labels = new List<int>();
        var classes = new List<string>();
        while (csv.Read())
        {
            for (int i = 0; i < features; i++)
            {
                values.Add(csv.Parse<float>(i));
            }

            labels.Add(ClassOf(csv.GetString(features), classes));
        }

        return new Examples(new Matrix<float>(labels.Count, features, [.. values]), [.. labels], classes);
    }

    private static int ClassOf(string name, List<string> classes)
    {
        int index = classes.IndexOf(name);
        if (index < 0)
        {
            index = classes.Count;
            classes.Add(name);
        }

        return index;
    }
}
