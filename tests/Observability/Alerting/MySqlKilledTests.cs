namespace Verification.Tests.Observability.Alerting;

public sealed class MySqlKilledTests(PlatformFixture platform) : FaultedScenario(platform)
{
    // A pair that runs again takes no writes until one of it is promoted.
    private IReadOnlyList<string> Unpromoted => Stack.Instances(InstanceRole.Mysql).Count() == 2 ? ["MySQLNotOneWriter"] : [];

    [Fact]
    [Objective("page.comes")]
    [Objective("page.alone")]
    [Objective("page.ends")]
    public Task A_dead_MySQL_is_paged_once_what_follows_from_it_is_held_back_and_its_end_is_told() =>
        GoThroughAsync(
            new Promises("page.comes", "page.alone", "page.ends"),
            KillAll(InstanceRole.Mysql),
            must: "MySQLDown",
            follows: "SyntheticFailed",
            may: Unpromoted
        );
}
