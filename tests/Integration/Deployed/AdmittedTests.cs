using Verification.Cluster.Releases;

namespace Verification.Tests.Integration.Deployed;

public sealed class AdmittedTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly string[] Services = ["dashboard", "server"];

    /// <summary>The deployment records what it lets through before it is deployed: what somebody has deployed around it stands
    /// nowhere.</summary>
    [Fact]
    [Objective("deployed.admitted")]
    public async Task What_runs_is_what_was_let_through()
    {
        Unavailable(
            Stack.Description.Cluster is null
                ? $"the stack {Stack.Description.Run} runs in containers, of which nobody records a release"
                : null,
            isAllowed: true
        );
        var history = await ReleaseRecorder.ReadAsync(Stack.Description, Cancellation);
        if (history.Releases is not [.., var last])
        {
            Decide(Measurement.NotMeasured("deployed.admitted", "no release is recorded in the namespace of the platform"));
            return;
        }

        var running = Services.ToDictionary(
            service => service,
            service => Stack.Description.Components.Single(component => component.Role == service).Digest,
            StringComparer.Ordinal
        );
        // What was let through before may run again: a release that was taken back.
        var isAdmitted = history.Releases.Any(release => running.All(each => DigestIn(release, each.Key) == each.Value));
        IReadOnlyList<string> deviations = isAdmitted
            ? []
            :
            [
                .. running
                    .Where(each => DigestIn(last, each.Key) != each.Value)
                    .Select(each =>
                        $"{each.Key} runs from {each.Value}, and the release that was let through last ({last.At:u}, by {last.User}) has {DigestIn(last, each.Key) ?? "none by digest"}"
                    ),
            ];
        Decide(Measurement.OfDeviations("deployed.admitted", deviations, running.Count));
    }

    private static string? DigestIn(RecordedRelease release, string service) =>
        release.Images.TryGetValue(service, out var image) ? ImageName.Parse(image).Digest : null;
}
