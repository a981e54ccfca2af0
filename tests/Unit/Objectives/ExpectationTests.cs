using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class ExpectationTests
{
    [Fact]
    public void A_profile_says_what_the_business_expects_and_one_below_it_does_not()
    {
        var gates = GatesFile.Read(Files.Golden("gates.yaml"));

        Assert.Equal(new Expectation(40, 400, TimeSpan.FromMilliseconds(300)), gates.Profiles["nightly"].Expects);
        Assert.Null(gates.Profiles["pr"].Expects);
    }

    [Fact]
    public void A_profile_that_extends_another_expects_the_same_but_for_what_it_says_itself()
    {
        var gates = Read(
            """
              release:
                limit: 95 min
                extends: nightly
                required: []
              event:
                limit: 95 min
                extends: nightly
                expects: {posts: 1, readers: 2, p99: 1 s}
                required: []
            waivers:
            """
        );

        Assert.Equal(gates.Profiles["nightly"].Expects, gates.Profiles["release"].Expects);
        Assert.Equal(new Expectation(1, 2, TimeSpan.FromSeconds(1)), gates.Profiles["event"].Expects);
    }

    [Theory]
    [InlineData("{posts: 0, readers: 400, p99: 300 ms}", "posts")]
    [InlineData("{posts: 40, readers: 1001, p99: 300 ms}", "readers")]
    [InlineData("{posts: 40, readers: 400, p99: fast}", "p99")]
    [InlineData("{posts: 40, readers: 400, p99: 0 ms}", "p99")]
    [InlineData("{posts: 501, readers: 400, p99: 300 ms}", "a whole number from 1 to 500")]
    [InlineData("{posts: 40, readers: 400}", "p99")]
    [InlineData("{posts: 40, reader: 400, p99: 300 ms}", "reader")]
    public void An_expectation_that_cannot_be_meant_is_an_error_at_its_place(string written, string named)
    {
        var error = Assert.Throws<DocumentException>(() => Read("waivers:", ("{posts: 40, readers: 400, p99: 300 ms}", written)));

        Assert.Contains(":42:", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static Gates Read(string waivers, params (string From, string To)[] changes)
    {
        using var folder = new OwnFolder();
        var text = File.ReadAllText(Files.Golden("gates.yaml")).Replace("waivers:", waivers, StringComparison.Ordinal);
        foreach (var (from, to) in changes)
            text = text.Replace(from, to, StringComparison.Ordinal);
        return GatesFile.Read(folder.Holding("gates.yaml", text));
    }
}
