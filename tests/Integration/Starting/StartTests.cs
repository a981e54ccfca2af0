namespace Verification.Tests.Integration.Starting;

public sealed class StartTests(PlatformFixture platform)
{
    [Fact]
    [Objective("platform.starts")]
    public void Every_component_comes_up_and_answers()
    {
        // The fixture has measured it: a platform that is not there fails here once, and skips every other test.
        Assert.True(platform.Session.StartFailure is null, platform.Session.StartFailure);
        if (platform.Session.Unavailable is { } reason)
            Lack.Of(reason, platform.Session.NamedBy);
    }
}
