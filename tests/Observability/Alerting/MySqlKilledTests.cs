namespace Verification.Tests.Observability.Alerting;

public sealed class MySqlKilledTests : FaultedScenario
{
    private readonly PlatformFixture fixture;

    public MySqlKilledTests(PlatformFixture platform)
        : base(platform) => fixture = platform;

    [Fact]
    [Objective("page.comes")]
    [Objective("page.alone")]
    [Objective("page.ends")]
    public async Task A_dead_MySQL_is_paged_once_what_follows_from_it_is_held_back_and_its_end_is_told()
    {
        var mysql = Stack.Instance(InstanceRole.Mysql);

        var paged = await GoThroughAsync(Faults.Kill(mysql), must: "MySQLDown", follows: "SyntheticFailed");

        var file = new CheckFiles(fixture.Session.Suite.Folder).Keep(TestName, "pages", paged.Account);
        Measurement Of(Measurement measurement) => measurement with { Fault = "kill", Files = [file] };
        Decide(
            Of(new Measurement("page.comes", paged.ToPage.TotalSeconds, 1, Resolution: 0.1, Target: mysql.Name)),
            Of(Measurement.OfDeviations("page.alone", paged.Account.Needless, paged.Account.Pages.Count)),
            Of(new Measurement("page.ends", paged.ToEnd.TotalSeconds, 1, Resolution: 0.1, Target: mysql.Name)));
    }
}
