using System.Runtime.InteropServices;
using System.Text;

namespace EE569.Engine.Parallel;

/// <summary>What ranks tell each other beside numbers.</summary>
public static class CommunicatorExtensions
{
    /// <summary>Gives every rank the texts of all.</summary>
    /// <param name="ranks">The ranks; all must call this.</param>
    /// <param name="own">This rank's text.</param>
    /// <returns>The texts in the order of the ranks.</returns>
    public static string[] AllGather(this ICommunicator ranks, string own)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        byte[] text = Encoding.UTF8.GetBytes(own), lengths = new byte[sizeof(int) * ranks.Size];
        ranks.AllGather(BitConverter.GetBytes(text.Length), lengths, [.. Enumerable.Repeat(sizeof(int), ranks.Size)]);
        int[] counts = [.. MemoryMarshal.Cast<byte, int>(lengths)];
        byte[] all = new byte[counts.Sum()];
        ranks.AllGather(text, all, counts);
        return [.. counts.Select((count, rank) => Encoding.UTF8.GetString(all, counts[..rank].Sum(), count))];
    }
}
