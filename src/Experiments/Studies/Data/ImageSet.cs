namespace EE569.Experiments.Studies.Data;

/// <summary>Images for softmax regression, standardised: CIFAR-10 from a folder, or the digits that come with the program.</summary>
internal sealed record ImageSet(string Description, bool IsCifar, int Side, Examples Train, Examples Validation, Examples Test)
{
    /// <summary>The source's number of training images.</summary>
    private const int WantedTrainingImages = 10_000;

    /// <summary>
    /// CIFAR-10: the source trains on batch 1 (10,000 images) and validates on batch 2. Where the batches of the folder are smaller, as many
    /// as are needed, up to four, are joined for training, and the next one validates.
    /// </summary>
    public static ImageSet Cifar(string folder)
    {
        int batches = 1;
        Examples train = CifarBatches.Read(folder, "data_batch_1");
        while (train.Count < WantedTrainingImages && batches < 4)
        {
            batches++;
            train = CifarBatches.Read(folder, [.. Enumerable.Range(1, batches).Select(batch => $"data_batch_{batch}")]);
        }

        Examples validation = CifarBatches.Read(folder, $"data_batch_{batches + 1}");
        return Standardize($"CIFAR-10 from {folder}", isCifar: true, CifarBatches.Side, train, validation, CifarBatches.Read(folder, "test_batch"));
    }

    /// <summary>The digits: three fifths to train on, a fifth each to validate and to test.</summary>
    public static ImageSet Digits(int seed)
    {
        (Examples rest, Examples test) = LabeledCsv.ReadShipped("digits.csv").Split(0.2, seed);
        (Examples train, Examples validation) = rest.Split(0.25, seed);
        return Standardize("The digits data set (8 x 8) in place of CIFAR-10, which --cifar names", isCifar: false, side: 8, train, validation, test);
    }

    private static ImageSet Standardize(string description, bool isCifar, int side, Examples train, Examples validation, Examples test)
    {
        var standardizer = new Standardizer(train.Features);
        return new ImageSet(description, isCifar, side, standardizer.Apply(train), standardizer.Apply(validation), standardizer.Apply(test));
    }
}
