using Verification.Gate.Commands;
using Verification.Gate.Runs;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class ForeseenLacksTests
{
    private static readonly Verification.Objectives.Gates Own = GatesFile.Read(Path.Combine(Objectives.Files.Root, "gates.yaml"));
    private static readonly Profile Nightly = Own.Profiles["nightly"] with { Expects = null };

    [Fact]
    public void What_only_the_user_can_give_is_missed_before_anything_is_started()
    {
        var lacks = ForeseenLacks.Of(Own, Nightly, Asked("load-expected.served", "upgrade.lossless", "load-reads.latency"));

        Assert.Equal(["load-expected.served", "upgrade.lossless"], lacks.Select(lack => lack.Objective));
        Assert.Contains("the profile nightly does not say what the business expects", lacks[0].Why);
        Assert.Contains("name one with --previous", lacks[1].Why);
    }

    [Fact]
    public void What_is_given_is_not_missed()
    {
        var expecting = Nightly with { Expects = new Expectation(1, 1, TimeSpan.FromSeconds(1)) };
        var asked = Asked("load-expected.served", "upgrade.lossless") with
        {
            Previous = new Dictionary<string, string> { ["server"] = "x:1" },
        };

        Assert.Empty(ForeseenLacks.Of(Own, expecting, asked));
        Assert.Equal(
            ["nothing may be posted; leave --read-only out"],
            ForeseenLacks.Of(Own, expecting, Asked("contract.post") with { ReadOnly = true }).Select(lack => lack.Why)
        );
    }

    [Theory]
    [InlineData("load expected")]
    [InlineData("gate --profile nightly --only load-expected.served")]
    public async Task Where_nothing_can_be_decided_nothing_is_started(string line)
    {
        using var errors = new StringWriter();

        Assert.Equal(2, await new CommandLine(TextWriter.Null, errors, TimeProvider.System).RunAsync(line.Split(' ')));

        Assert.Contains("nothing that was asked for can be decided. load-expected.served: the profile", errors.ToString());
    }

    private static GateOptions Asked(params string[] objectives) =>
        new()
        {
            Profile = "nightly",
            Gates = "gates.yaml",
            Sut = "sut.yaml",
            Only = objectives,
        };
}
