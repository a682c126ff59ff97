using System.Buffers.Binary;
using System.Collections.Frozen;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace EE569.Experiments.Prediction;

/// <summary>A model file is a zip, perhaps a stranger's: what it claims is checked before ML.NET unpacks it.</summary>
internal static class ModelArchive
{
    private const long AlwaysAllowed = 64L << 20;

    /// <summary>Weights hardly shrink; deflate can pack zeros a thousandfold.</summary>
    private const int LargestRatio = 100;

    private const int HeaderSize = 256, LongestName = 1024;

    /// <summary>Where models may come from: ML.NET makes a type of whatever assembly a model names.</summary>
    private static readonly FrozenSet<string> Assemblies =
        Words("Microsoft.ML.Data Microsoft.ML.FastTree Microsoft.ML.LightGbm Microsoft.ML.PCA Microsoft.ML.StandardTrainers Microsoft.ML.Transforms");

    /// <summary>
    /// What ML.NET 5.0.1 makes of a model's parts, without what reads other files, fetches some (word embeddings) or runs a program's own code (custom mappings).
    /// </summary>
    private static readonly FrozenSet<string> Loaders = Words("""
        TransformerChain TermManager
        AffineNormExec BinNormalizeFunction CdfNormalizeFunction CharToken CMCountTable ConcatFunction ConcatTransform ConvertFunction ConvertTransform CopyTransform CountTableTransform
        CountTargetEncode CountTargetEncoder CustomStopWords DictCountTable DropSlotsTransform ExprTransform GaussianSamplerExecutor GcnFunction GcnTransform HashTransform
        KeyToBinaryTransform KeyToValueTransform KeyToVectorTransform LaplacianSamplerExecutor LdaTransform MissingFeatureFunction MissingIndicatorFunction NADropTransform NAReplaceTransform
        NaIndicatorTransform NgramHashTransform NgramTransform Normalizer NormalizeTransform ParallelMultiCountTable PcaTransform RandGaussFourierExec RandLaplacianFourierExec RffTransform
        SelectColumnsTransform SharedMultiCountTable StopWordsTransform TermLookupTransform TermTransform Text TextExpandTransform TextNormalizerTransform TextTransform TokenizeTextTransform TreeEnseFeat TreeEnsembleMapper
        ValueMappingTransformer
        BinaryPredXfer BinarySchemaBindable FAFMPredXfer LabelSlotNameMapper MulticlassPredXfer QuantileSchemaBindable RegressionPredXfer SchemaBindableCalibrated SchemaBindableWrapper
        BulkCaliPredExec CaliPredExec FeatWCaliPredExec NaiveCaliExec NaiveCalibratTransf PAVCaliExec PMixCaliPredExec PavCalibratTransf PlattCaliExec PlattCalibratTransf
        BinaryClassGamPredictor FastForestBinaryExec FastForestRegressionExec FastTreeBinaryExec FastTreeRegressionExec FastTreeTweedieExec FieldAwareFactMacPredict LDSVMBinaryPredictor
        LightGBMBinaryExec LightGBMRegressionExec Linear2CExec LinearModelStats LinearRegressionExec ModelStats MultiClassLRExec MultiClassNaiveBayesPred MulticlassLinear OVAExec PKPDExec
        PoissonRegressionExec PriorPredictor RandomPredictor RegressionGamPredictor
        """);

    /// <exception cref="InvalidDataException">
    /// The file is no zip, an entry's name leads out of it, it would unpack to far more than its own size, an entry has not the checksum that the zip tells of it, or asks ML.NET for
    /// what is not known here.
    /// </exception>
    public static void Check(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        double unpacked = 0, packed = new FileInfo(path).Length;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string[] parts = entry.FullName.Split('/', '\\');
            if (parts[0].Length == 0 || parts[0].Contains(':', StringComparison.Ordinal) || parts.Contains(".."))
            {
                throw new InvalidDataException($"its entry '{entry.FullName}' points out of the file.");
            }

            unpacked += entry.Length;
        }

        if (unpacked > AlwaysAllowed && unpacked > LargestRatio * packed)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it would unpack to {unpacked / (1 << 20):F0} MB, {unpacked / packed:F0} times its size."));
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (Checksum(entry) != entry.Crc32)
            {
                throw new InvalidDataException($"its entry '{entry.FullName}' is damaged.");
            }

            CheckLoader(entry);
        }
    }

    /// <summary>A part of a model begins with a header, which says what ML.NET is to make of it: a loader, perhaps its older name, and the assembly to load for it.</summary>
    private static void CheckLoader(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] header = new byte[HeaderSize];
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.AsSpan().StartsWith("ML\0MODEL"u8))
        {
            return; // Data of a part, of which ML.NET makes nothing by itself.
        }

        (long place, long length) = (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(0x90)), BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(0x98)));
        string assembly = "";
        if (length is > 0 and <= LongestName && place >= HeaderSize && place <= entry.Length - length)
        {
            Skip(stream, place - HeaderSize);
            byte[] name = new byte[length];
            stream.ReadExactly(name);
            assembly = Encoding.Unicode.GetString(name).Split(',')[0];
        }
        else if (length != 0)
        {
            throw new InvalidDataException($"its entry '{entry.FullName}' is damaged.");
        }

        foreach (string loader in new[] { Encoding.Latin1.GetString(header, 0x50, 24), Encoding.Latin1.GetString(header, 0x68, 24) }.Select(text => text.TrimEnd('\0')))
        {
            if (loader.Length > 0 && !Loaders.Contains(loader) || assembly.Length > 0 && !Assemblies.Contains(assembly))
            {
                throw new InvalidDataException($"its entry '{entry.FullName}' asks for the loader '{loader}' of '{assembly}', which ee569 does not know and so does not run.");
            }
        }
    }

    private static void Skip(Stream stream, long count)
    {
        byte[] buffer = new byte[4096];
        while (count > 0)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            count = read > 0 ? count - read : throw new EndOfStreamException();
        }
    }

    private static FrozenSet<string> Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>.NET unpacks an entry whatever its checksum says, and ML.NET makes of it what it can: a damaged count may keep it busy for hours.</summary>
    private static uint Checksum(ZipArchiveEntry entry)
    {
        var crc = new Crc32();
        using Stream stream = entry.Open();
        crc.Append(stream);
        return crc.GetCurrentHashAsUInt32();
    }
}
