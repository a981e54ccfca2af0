using System.Diagnostics;
using Verification.Stack.Runs;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void It_is_read_as_it_was_written() =>
        Assert.Equal(ProcessIdentity.Current, ProcessIdentity.Parse(ProcessIdentity.Current.ToString()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("boot pid:[1] 17")]
    [InlineData("boot pid:[1] many 17")]
    public void What_is_none_is_read_as_none(string? text) => Assert.Null(ProcessIdentity.Parse(text));

    [Fact]
    public void This_process_lives() => Assert.True(ProcessIdentity.Current.Lives());

    [Fact]
    public void An_id_that_was_given_again_is_another_process() => Assert.False((ProcessIdentity.Current with { Start = "1" }).Lives());

    [Fact]
    public async Task A_process_that_has_ended_does_not_live()
    {
        using var process = Process.Start(
            new ProcessStartInfo("cat")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var identity = ProcessIdentity.Of(process.Id);
        Assert.True(identity.Lives());

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(identity.Lives());
    }

    [Fact]
    public void Of_a_process_of_another_namespace_boot_or_system_nothing_is_known()
    {
        Assert.Null((ProcessIdentity.Current with { Namespace = "pid:[1]" }).Lives());
        Assert.Null((ProcessIdentity.Current with { Boot = "5f1f2b0c" }).Lives());
        Assert.Null((ProcessIdentity.Current with { Boot = "" }).Lives());
    }
}
