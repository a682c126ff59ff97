using System.Buffers.Binary;
using System.IO.Compression;

namespace EE569.Trainers.Logging;

/// <summary>Small pictures as PNG (W3C PNG specification, 8-bit RGBA, no interlace).</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Encodes the picture whose pixel at column x of row y, counted from the top left, is <paramref name="pixel"/>(x, y).</summary>
    public static byte[] Encode(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue, byte Alpha)> pixel)
    {
        // Each line begins with its filter type, 0 for none.
        int stride = 1 + (4 * width);
        byte[] lines = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (byte red, byte green, byte blue, byte alpha) = pixel(x, y);
                Span<byte> place = lines.AsSpan((y * stride) + 1 + (4 * x), 4);
                (place[0], place[1], place[2], place[3]) = (red, green, blue, alpha);
            }
        }

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, Header(width, height));
        WriteChunk(png, "IDAT"u8, Compress(lines));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>The picture as the address of itself, for a page.</summary>
    public static string DataUri(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue, byte Alpha)> pixel) =>
        $"data:image/png;base64,{Convert.ToBase64String(Encode(width, height, pixel))}";

    private static byte[] Header(int width, int height)
    {
        const byte BitDepth = 8, TrueColourWithAlpha = 6;
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (BitDepth, TrueColourWithAlpha);
        return header;
    }

    private static byte[] Compress(byte[] data)
    {
        using var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.SmallestSize))
        {
            zlib.Write(data);
        }

        return result.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32(Crc32(uint.MaxValue, type), data));
        png.Write(number);
    }

    /// <summary>CRC-32 with the reflected polynomial 0xEDB88320, as PNG asks; not yet complemented.</summary>
    private static uint Crc32(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return crc;
    }
}
