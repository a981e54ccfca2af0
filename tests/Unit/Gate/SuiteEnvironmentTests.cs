using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Suites;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>What a suite finds in its environment is what its gate decided, not what somebody else has left there.</summary>
[Collection(nameof(WholeProcess))]
public sealed class SuiteEnvironmentTests : IDisposable
{
    private const string Names = "VERIFY_KEEP VERIFY_IMAGES VERIFY_SOMETHING VERIFY_SIGNING_KEY VERIFY_SEED";
    private readonly TemporaryFolder folder = new();
    private readonly Interruption interruption = new();

    [Fact]
    public async Task A_suite_gets_the_variables_that_the_gate_sets_or_obeys_and_no_other_of_the_suite()
    {
        using var keep = new SetVariable("VERIFY_KEEP", "1");
        using var images = new SetVariable("VERIFY_IMAGES", "server=demo/server:other");
        using var unknown = new SetVariable("VERIFY_SOMETHING", "of another version");
        using var key = new SetVariable("VERIFY_SIGNING_KEY", "/keys/verdicts.pem");
        using var seed = new SetVariable("VERIFY_SEED", "17");

        Assert.Equal(
            ["VERIFY_IMAGES=server=s:1", "VERIFY_SEED=17"],
            await SeenAsync(new Dictionary<string, string> { ["VERIFY_IMAGES"] = "server=s:1" })
        );
    }

    [Fact]
    public async Task What_the_gate_sets_wins_over_what_it_obeys()
    {
        using var seed = new SetVariable("VERIFY_SEED", "17");

        Assert.Equal(["VERIFY_SEED=18"], await SeenAsync(new Dictionary<string, string> { ["VERIFY_SEED"] = "18" }));
    }

    public void Dispose()
    {
        folder.Dispose();
        interruption.Dispose();
    }

    /// <summary>Those of the names that a suite finds set. A gate may have started this process: what it has said is left out.</summary>
    private async Task<IReadOnlyList<string>> SeenAsync(IReadOnlyDictionary<string, string> environment)
    {
        using var told = new StringWriter();
        var executable = folder.File("suite", $"#!/bin/sh\nfor name in {Names}; do env | grep \"^$name=\"; done | sort\n");
        File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var plan = new SuitePlan("s", executable, [], TimeSpan.FromMinutes(1), environment, folder.Path);
        await new SuiteRunner(new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System), TimeProvider.System).RunAsync(
            plan,
            _ => { },
            interruption,
            TestContext.Current.CancellationToken
        );
        return
        [
            .. (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "s.log"), TestContext.Current.CancellationToken)).Select(line =>
                line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            ),
        ];
    }
}
