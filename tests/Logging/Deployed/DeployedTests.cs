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
        var isAnswered = false;
        try
        {
            await Eventually.SeeAsync(
                "lines of both services with the trace id of a buff are found by it in Elasticsearch",
                Patience,
                async ct =>
                {
                    var unfound = await UnfoundAsync(trace, ct);
                    isAnswered = true;
                    return unfound;
                },
                unfound => unfound.Length == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException) when (!isAnswered)
        {
            // No release is taken back for an Elasticsearch that is away.
            Decide(Measurement.NotMeasured("deployed.followed", $"Elasticsearch did not answer within {Patience.TotalSeconds:0} s"));
            return;
        }

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
