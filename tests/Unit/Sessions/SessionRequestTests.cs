using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Sessions;

/// <summary>What whoever starts a test process says is what the process reads.</summary>
public sealed class SessionRequestTests
{
    private static readonly SessionRequest Full = new()
    {
        Root = "/r",
        Run = "/r/runs/1",
        Stage = "integration-artemis-single",
        Gates = "/r/gates.yaml",
        Sut = "/r/my sut.yaml",
        Config = "/r/config",
        Profile = "nightly",
        Broker = BrokerKind.Artemis,
        Topology = "ha+monitoring",
        Objectives = ["broker-kill.takeover", "broker-kill.lossless"],
        Images = new ImageOverrides(
            new Dictionary<string, string> { ["dashboard"] = "d:1", ["server"] = $"registry:5000/server@sha256:{new string('1', 64)}" }
        ),
        Resolved = new ResolvedImages(
            [new ComponentImage("server", "s:1", "sha256:11", "1", "made \"now\", here")],
            [new ComponentImage("server", "s:0", "sha256:00", "0", "named by the user")]
        ),
        Previous = new ImageOverrides(new Dictionary<string, string> { ["server"] = "s:0" }),
        Stack = "/r/runs/0/stack.json",
        Keep = true,
        ReadOnly = true,
        LoadDuration = TimeSpan.FromSeconds(30),
        LoadRate = 400,
        LoadAbortOnFail = true,
    };

    public static TheoryData<string> Parts => [.. typeof(SessionRequest).GetProperties().Select(property => property.Name)];

    [Fact]
    public void A_request_survives_the_environment() => Assert.Equal(Files.Text(Full), Files.Text(Read(Full.ToEnvironment())));

    [Fact]
    public void What_has_its_default_sets_no_variable_and_no_variable_gives_the_defaults()
    {
        Assert.Empty(new SessionRequest().ToEnvironment());
        Assert.Equal(Files.Text(new SessionRequest()), Files.Text(Read(new Dictionary<string, string>())));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Each_part_has_a_variable_of_its_own(string part)
    {
        var other = new SessionRequest();
        var property = typeof(SessionRequest).GetProperty(part)!;
        property.SetValue(other, property.GetValue(Full));

        var variable = Assert.Single(other.ToEnvironment());

        Assert.Equal(variable.Value, Full.ToEnvironment()[variable.Key]);
        Assert.Equal(Files.Text(other), Files.Text(Read(other.ToEnvironment())));
    }

    [Theory]
    [InlineData("VERIFY_BROKER", "rabbit", "VERIFY_BROKER=rabbit: expected artemis or classic.")]
    [InlineData("VERIFY_PREVIOUS", "mysql=m:1", "VERIFY_PREVIOUS=mysql=m:1: a release has no mysql; it has dashboard and server.")]
    [InlineData("VERIFY_LOAD_RATE", "fast", "VERIFY_LOAD_RATE=fast: expected a number of requests a second, at least 1.")]
    public void A_value_that_is_none_is_refused_with_its_variable(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Read(new Dictionary<string, string> { [name] = value })).Message);

    [Theory]
    [InlineData("server=s:1")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"platform":[{"component":"server"}],"previous":[]}""")]
    public void Images_that_cannot_be_read_are_refused_with_their_variable(string text) =>
        Assert.StartsWith(
            "VERIFY_RESOLVED ",
            Assert.Throws<ArgumentException>(() => Read(new Dictionary<string, string> { ["VERIFY_RESOLVED"] = text })).Message
        );

    private static SessionRequest Read(IReadOnlyDictionary<string, string> environment) =>
        SessionRequest.FromEnvironment(environment.GetValueOrDefault);
}
