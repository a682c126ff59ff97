using System.Reflection;
using System.Runtime.CompilerServices;
using EE569.Trainers.Internals;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Compatibility;

/// <summary>An ML.NET whose internals differ is reported before any training.</summary>
[TestClass]
public class MLNetCheckTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Every_member_is_there_in_the_ML_NET_of_this_build() => MLNetCheck.Run();

    [TestMethod]
    public void A_member_that_is_gone_is_named_with_the_version_found_the_versions_known_and_what_to_do()
    {
        string? problem = MLNetCheck.Find([() => MLNetInternals.CheckAlive(null, _ml), () => RemovedInVersionSix(_ml)]);
        var error = Assert.ThrowsExactly<NotSupportedException>(() => MLNetCheck.Run(problem));
        StringAssert.Contains(error.Message, nameof(RemovedInVersionSix));
        string version = typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        StringAssert.Contains(error.Message, $"works with Microsoft.ML 5.x, but found {version}: ");
        StringAssert.Contains(error.Message, "Reference a supported version of the package Microsoft.ML.");
    }

    [TestMethod]
    public void A_type_that_is_gone_is_named() =>
        StringAssert.Contains(MLNetCheck.Find([() => OfRemovedType(null)]), "EE569.Trainers.Removed");

    [TestMethod]
    public void Other_errors_are_not_taken_for_an_unknown_version() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => MLNetCheck.Find([() => throw new InvalidOperationException()]));

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern void RemovedInVersionSix(MLContext ml);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern void OfRemovedType([UnsafeAccessorType("EE569.Trainers.Removed, EE569.Trainers")] object? _);
}
