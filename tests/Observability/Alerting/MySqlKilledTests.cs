namespace Verification.Tests.Observability.Alerting;

public sealed class MySqlKilledTests(PlatformFixture platform) : FaultedScenario(platform)
{
    [Fact]
    [Objective("page.comes")]
    [Objective("page.alone")]
    [Objective("page.ends")]
    public async Task A_dead_MySQL_is_paged_once_what_follows_from_it_is_held_back_and_its_end_is_told()
    {
        var told = await GoThroughAsync([Faults.Kill(Stack.Instance(InstanceRole.Mysql))], must: "MySQLDown", follows: "SyntheticFailed");

        Decide(told.Comes("page.comes"), told.Alone("page.alone"), told.Ends("page.ends"));
    }
}
