using System.Globalization;
using System.Text.Json;
using Verification.Stack;

namespace Verification.Tests.Integration.Failing;

/// <summary>What clients and logs are told while a part is away.</summary>
public sealed class ErrorFormTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Asked = 6;
    private const string Connected = "sportbuff_broker_connected";

    [Theory]
    [InlineData(InstanceRole.Mysql)]
    [InlineData(InstanceRole.Broker)]
    [Objective("errors.form", OfAnswers = true)]
    [Objective("secrets.contained", OfAnswers = true)]
    [Objective("metrics.counted", OfAnswers = true)]
    public async Task What_is_told_while_a_part_is_away_has_its_form_and_gives_nothing_away(InstanceRole away)
    {
        var (leaks, told) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var target = Stack.Instance(away);
        var (asked, what, ask) = OutageOf(away);
        var good = (await Platform.ListAsync(Cancellation)).Http;
        Add(InstanceRole.Server, Leaks.In(Stack, "GET /buffs", good with { Body = string.Empty }));

        var counted = away == InstanceRole.Broker ? await DashboardAsync() : null;
        if (counted is null)
            LeaveToOthers("metrics.counted");
        await using var fault = await InjectAsync(Faults.Kill(target));
        await Platform.Cache.ClearAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Asked).Select(_ => ask()));
        List<string> misshapen = [.. answers.SelectMany(Misshapen).Distinct().Select(deviation => $"{what}: {deviation}")];
        Add(asked, answers.SelectMany(answer => Leaks.In(Stack, what, answer)).Distinct());
        foreach (var instance in Stack.Description.Instances)
            Add(
                instance.Role,
                Stack
                    .CredentialsIn(await Stack.Control.LogAsync(instance, tail: null, Cancellation))
                    .Select(name => $"the log of {instance.Name} holds the credential {name}")
            );

        if (counted is not null)
            Keep(
                Measurement.OfDeviations(
                    "metrics.counted",
                    await UncountedAsync(counted, answers.Count(answer => answer.Status == 503)),
                    Asked + 1
                ) with
                {
                    Target = target.Name,
                    Fault = fault.Fault.Name,
                    Suspects = ["dashboard"],
                }
            );
        Decide(
            Measurement.OfDeviations("errors.form", misshapen, Asked, "expected 503, a problem (RFC 9457) and Retry-After: ") with
            {
                Target = target.Name,
                Fault = fault.Fault.Name,
                Suspects = [Role.FromInstanceRole(asked).Name],
            },
            Measurement.OfDeviations("secrets.contained", leaks, Asked + 1 + Stack.Description.Instances.Count) with
            {
                Target = target.Name,
                Fault = fault.Fault.Name,
                Suspects = [.. told.Take(2)],
            }
        );

        void Add(Role suspect, IEnumerable<string> found)
        {
            var before = leaks.Count;
            leaks.AddRange(found);
            if (leaks.Count > before)
                told.Add(suspect.Name);
        }
    }

    /// <summary>What the services do not tell of a broker that is away.</summary>
    private async Task<IReadOnlyList<string>> UncountedAsync(ServiceMetrics before, int refused)
    {
        var (dashboard, server) = (
            await DashboardAsync(),
            ServiceMetrics.Parse((await Platform.GetFromServerAsync("/metrics", Cancellation)).Body)
        );
        var rise = dashboard.Sum("sportbuff_publish_failures_total") - before.Sum("sportbuff_publish_failures_total");
        List<string> uncounted = [];
        if (rise != refused)
            uncounted.Add($"dashboard: sportbuff_publish_failures_total rose by {rise:0}, while {refused} POSTs were answered with 503");
        foreach (var (service, told) in (IEnumerable<(string, ServiceMetrics)>)[("dashboard", dashboard), ("server", server)])
        {
            double? connected = told.Tells(Connected) ? told.Sum(Connected) : null;
            if (connected != 0)
                uncounted.Add(
                    $"{service}: {Connected} is {connected?.ToString("0.###", CultureInfo.InvariantCulture) ?? "not told"} while the broker is away"
                );
        }

        return uncounted;
    }

    private async Task<ServiceMetrics> DashboardAsync() =>
        ServiceMetrics.Parse((await Platform.GetFromDashboardAsync("/metrics", Cancellation)).Body);

    /// <summary>Who is asked what can't do without a part.</summary>
    private (InstanceRole Asked, string What, Func<Task<HttpAnswer>> Ask) OutageOf(InstanceRole away) =>
        away == InstanceRole.Mysql
            ? (InstanceRole.Server, "GET /buffs while MySQL is away", async () => (await Platform.ListAsync(Cancellation)).Http)
            : (
                InstanceRole.Dashboard,
                "POST /buff while the broker is away",
                async () => (await Platform.PostAsync(Marker.New("away"), Cancellation)).Http
            );

    private static IEnumerable<string> Misshapen(HttpAnswer answer)
    {
        if (answer.Status != 503)
            yield return answer.Status == 0 ? $"no answer ({answer.Error?.Message})" : $"status {answer.Status}";
        if (answer.ContentType?.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase) != true)
            yield return $"content type '{answer.ContentType}'";
        if (!IsProblem(answer))
            yield return "the body is no problem of its status";
        if (!answer.Headers.Any(header => header.StartsWith("Retry-After:", StringComparison.OrdinalIgnoreCase)))
            yield return "no Retry-After";
    }

    private static bool IsProblem(HttpAnswer answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            // Without a type it is about:blank; what is told is told in words.
            return body.RootElement.TryGetProperty("status", out var status)
                && status.TryGetInt32(out var code)
                && code == answer.Status
                && ((string[])["type", "title", "detail"]).All(name =>
                    !body.RootElement.TryGetProperty(name, out var text) || text.GetString() is { Length: > 0 }
                );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
