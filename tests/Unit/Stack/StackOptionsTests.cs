using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Starting;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class StackOptionsTests
{
    private static readonly StackOptions Own = new(
        new ProjectRoot(Files.Root),
        new RunFolder("runs/x"),
        new Dictionary<string, ComponentImage>(),
        BrokerKind.Classic,
        SutFile.Read(Files.Golden("sut.yaml"))
    );

    [Fact]
    public void What_the_suite_starts_for_itself_may_be_broken_also_where_it_is_kept()
    {
        Assert.Equal(["docker", "destructive", "classic"], Own.Capabilities);
        Assert.True((Own with { Kept = true }).Destructive);
    }

    [Theory]
    [InlineData(true, "classic", "made here; it lets in whoever names no user, as sut.yaml asks: auth.refused leaves it out")]
    [InlineData(true, "mysql", "made here")]
    [InlineData(false, "classic", "made here")]
    [InlineData(false, "rest-store", "made here; backups go to restic's REST server in place of S3, of which nothing is said")]
    public void Of_an_open_broker_and_of_a_stand_in_a_verdict_says_that_it_is_one(bool anonymous, string component, string? caveat) =>
        Assert.Equal(
            caveat,
            StackStarter
                .RecordOf(
                    new ComponentImage(component, "an-image", "sha256:1", "1", "here") { Caveat = "made here" },
                    BrokerKind.Classic,
                    Own.Sut with
                    {
                        AnonymousBroker = anonymous,
                    }
                )
                .Caveat
        );

    [Fact]
    public void What_may_not_be_broken_does_not_say_so() =>
        Assert.Equal(["docker", "artemis"], (Own with { Destructive = false, Broker = BrokerKind.Artemis }).Capabilities);
}
