using CliWrap;
using CliWrap.Buffered;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Tools;

/// <summary>A disk of a few kilobytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private bool mounted;

    /// <summary>Where it is.</summary>
    public string Path => System.IO.Path.Combine(folder.Path, "disk");

    /// <summary>Mounts one; the test is skipped with the reason where this user may not.</summary>
    public static async Task<SmallDisk> OfAsync(int kilobytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        var mount = await Cli.Wrap("mount").WithArguments(["-t", "tmpfs", "-o", $"size={kilobytes}k", "none", disk.Path])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        disk.mounted = mount.IsSuccess;
        if (!mount.IsSuccess)
            disk.Dispose();
        Assert.SkipUnless(mount.IsSuccess, $"a small disk could not be mounted: {mount.StandardError.Trim()}");
        return disk;
    }

    public void Dispose()
    {
        if (mounted)
            Cli.Wrap("umount").WithArguments(["--lazy", Path]).ExecuteAsync().Task.GetAwaiter().GetResult();
        folder.Dispose();
    }
}
