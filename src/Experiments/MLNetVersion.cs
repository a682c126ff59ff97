using System.Reflection;
using Microsoft.ML;

namespace EE569.Experiments;

/// <summary>Which ML.NET this program runs on.</summary>
internal static class MLNetVersion
{
    /// <summary>"ML.NET: Microsoft.ML 5.0.0", or "ML.NET: offline subset" where the package could not be had.</summary>
    public static string Describe()
    {
        Assembly assembly = typeof(MLContext).Assembly;

        // The package keeps MLContext in Microsoft.ML.Data; the offline subset is a single assembly.
        if (assembly.GetName().Name != "Microsoft.ML.Data")
        {
            return "ML.NET: offline subset";
        }

        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";
        return $"ML.NET: Microsoft.ML {version.Split('+')[0]}";
    }
}
