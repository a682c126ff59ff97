using System.Diagnostics;

namespace EE569.Reliability.Tests;

/// <summary>A file system in memory, mounted on a folder of its own. Needs root on Linux: elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="options">Options of mount, such as <c>size=64k</c>.</param>
    public SmallDisk(string options)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || Shell("mount", "-t", "tmpfs", "-o", options, "tmpfs", _folder.Path) != 0)
        {
            _folder.Dispose();
            Assert.Inconclusive("A disk of its own can only be mounted as root on Linux.");
        }
    }

    public string Path => _folder.Path;

    /// <summary>Changes the options, such as <c>ro</c> or <c>size=1m</c>.</summary>
    public void Remount(string options) => Assert.AreEqual(0, Shell("mount", "-o", $"remount,{options}", _folder.Path), $"remount with {options}");

    public void Dispose()
    {
        Shell("umount", _folder.Path);
        _folder.Dispose();
    }

    private static int Shell(string command, params string[] arguments) => ChildProcess.Finish(ChildProcess.Launch(new ProcessStartInfo(command, arguments))).ExitCode;
}
