using System.Diagnostics;
using Verification.Gate.Progress;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class EnduringStreamTests
{
    [Fact]
    public void Words_reach_a_reader_who_is_there()
    {
        using var heard = new MemoryStream();
        using var writer = Consoles.Enduring(heard);

        writer.Write("Grüße\n");

        Assert.Equal("Grüße\n"u8.ToArray(), heard.ToArray());
    }

    [Fact]
    public void A_reader_who_has_gone_costs_nothing_but_the_words()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var writer = Consoles.Enduring(full);

        writer.WriteLine("a verdict");
        writer.WriteLine("and its figures");
        writer.Flush();
    }

    [Fact]
    public async Task A_command_whose_output_cannot_be_written_ends_with_its_own_exit_code()
    {
        // The program itself: what it says goes to a device that is full.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(
            ProjectRoot.Find().Path,
            "src",
            "Verification.Gate",
            "bin",
            configuration,
            "net10.0",
            "Verification.Gate"
        );
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"exec {program} judge nope >/dev/full 2>/dev/full"]) { UseShellExecute = false }
        )!;

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, process.ExitCode);
    }
}
