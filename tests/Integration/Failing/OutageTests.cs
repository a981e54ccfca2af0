using Verification.Stack;

namespace Verification.Tests.Integration.Failing;

public sealed class OutageTests(PlatformFixture platform) : Scenario(platform)
{
    [Fact]
    [Objective("errors.never-empty")]
    [Objective("health.answers")]
    public async Task An_outage_of_MySQL_is_told_and_never_shown_as_an_empty_list()
    {
        var mysql = Stack.Instance(InstanceRole.Mysql);
        var lies = new List<string>();
        await ExpectAsync(lies, InstanceRole.Dashboard, "/healthz", 200, "all is well");
        await ExpectAsync(lies, InstanceRole.Dashboard, "/readyz", 200, "all is well");
        await ExpectAsync(lies, InstanceRole.Server, "/healthz", 200, "all is well");
        await ExpectAsync(lies, InstanceRole.Server, "/readyz", 200, "all is well");

        await Stack.Control.KillAsync(mysql, Cancellation);
        await Platform.ChillAsync();
        var answers = new List<ListAnswer>();
        for (var count = 0; count < 6; count++)
            answers.Add(await Platform.ListAsync(Cancellation));
        await ExpectAsync(lies, InstanceRole.Server, "/healthz", 200, "MySQL is away");
        await ExpectAsync(lies, InstanceRole.Server, "/readyz", 503, "MySQL is away");
        await Platform.ReviveAsync(mysql, Cancellation);

        var lied = answers.Where(answer => !answer.IsTruth(Platform.SeedCount)).ToList();
        Decide(
            new("errors.never-empty", lied.Count, answers.Count, string.Join(" | ", lied.Take(3))),
            new("health.answers", lies.Count, 6, string.Join(" | ", lies)));
    }

    private async Task ExpectAsync(List<string> lies, InstanceRole role, string path, int expected, string when)
    {
        var answer = await Platform.GetAsync(role, path, Cancellation);
        if (answer.Status != expected)
            lies.Add($"{role} {path} answered {answer.Status} while {when}, expected {expected}");
    }
}
