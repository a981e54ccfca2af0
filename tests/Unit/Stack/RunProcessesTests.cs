using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Leftovers;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

/// <summary>What the watchdog ends, with processes of this test.</summary>
public sealed class RunProcessesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly OwnFolder folder = new();
    private readonly List<Process> started = [];

    private RunFolder Run => new(folder.Path);

    public void Dispose()
    {
        foreach (var process in started)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        folder.Dispose();
    }

    [Fact]
    public void A_noted_process_ends_with_the_session_that_it_leads_and_another_goes_on()
    {
        var (noted, other) = (Start(), Start());
        RunProcesses.Note(Run, noted);

        RunProcesses.EndAll(Run);

        Assert.True(noted.WaitForExit(Patience), "the noted process goes on");
        Assert.False(other.HasExited);
    }

    [Fact]
    public void Who_has_the_id_of_a_process_that_has_ended_is_left_alone()
    {
        var process = Start();
        RunProcesses.Note(Run, process);
        var file = Directory.GetFiles(folder.Path).Single();
        // The same id, started at another time.
        File.WriteAllText(file, File.ReadAllText(file).Trim() + "7\n");

        RunProcesses.EndAll(Run);

        Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public void Where_nothing_was_noted_nothing_is_ended() => RunProcesses.EndAll(Run);

    private Process Start()
    {
        started.Add(Process.Start("setsid", ["sleep", "60"]));
        return started[^1];
    }
}
