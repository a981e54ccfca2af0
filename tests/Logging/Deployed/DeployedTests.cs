using Verification.Cluster.Attaching;
using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Deployed;

/// <summary>The logs of a platform of a cluster, where each service has several pods.</summary>
public sealed class DeployedTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly InstanceRole[] Way = [InstanceRole.Dashboard, InstanceRole.Server];

    [Fact]
    [Objective("deployed.followed")]
    public async Task A_buff_is_found_by_its_trace_id_in_lines_of_both_services()
    {
        Unavailable(
            Stack.Description.Cluster is null
                ? $"the stack {Stack.Description.Run} runs in containers, whose logs are logs.followed"
                : null,
            isAllowed: true
        );
        var question = Marker.New("followed");
        var trace = TraceContext.IdOf(question);
        Assert.Equal(200, (await Platform.PostAsync(question, Cancellation)).Status);
        var acknowledged = TimeProvider.System.GetTimestamp();
        await Eventually.SeeAsync(
            "lines of both services with the trace id of a buff are found by it in Elasticsearch",
            Patience,
            ct => UnfoundAsync(trace, ct),
            unfound => unfound.Length == 0,
            Cancellation
        );
        Decide(new Measurement("deployed.followed", TimeProvider.System.GetElapsedTime(acknowledged).TotalSeconds, 1, Resolution: 0.5));
    }

    /// <summary>The services of which no line is found.</summary>
    private async Task<string> UnfoundAsync(string trace, CancellationToken cancellationToken)
    {
        var lines = await Log.Elasticsearch.FindAsync(LogStream.Lines, "trace_id", trace, cancellationToken);
        var unfound = new List<string>();
        foreach (var service in Way.Select(role => Role.FromInstanceRole(role)))
        {
            var pods = await ServicePods.ReadyAsync(Stack.Description, service, cancellationToken);
            if (!lines.Any(line => line.Pod is { } pod && pods.Contains(pod)))
                unfound.Add($"no line of {service} is found");
        }

        return string.Join(", ", unfound);
    }
}
