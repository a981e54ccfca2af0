using System.Text.Json;
using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Operating;

public sealed class OperationTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Posts = 600;
    private const int Swing = 100;
    private static readonly TimeSpan SwingDeadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(InstanceRole.Dashboard)]
    [InlineData(InstanceRole.Server)]
    [Objective("stop.graceful")]
    [Objective("logs.json")]
    public async Task SIGTERM_under_traffic_ends_a_service_cleanly_and_its_log_is_JSON(InstanceRole role)
    {
        var service = Stack.Instance(role);
        var prefix = Marker.New("term");
        // Some of everything that is logged: requests good and bad, an end, a start.
        await Platform.PostRawAsync("log", "{"u8.ToArray(), "application/json", Cancellation);
        var traffic = Platform.PostManyAsync(Marker.Of(prefix, Posts), clients: 8, Cancellation);
        // In full swing: what it has in hand then is what a stop could lose.
        await Eventually.SeeAsync(
            $"{Swing} buffs are acknowledged",
            Platform.WhileDashboardRuns(SwingDeadline),
            _ => Task.FromResult(Swung(prefix)),
            swung => swung.Acknowledged >= Swing,
            Cancellation
        );
        var stop = Faults.Stop(service);
        await using var stopped = await InjectAsync(stop);
        // A service that does not come back has ended as it has, and logged what it has.
        AtEnd("logs.json", async ct => await LogAsync(service, await traffic, ct));
        AtEnd("stop.graceful", ct => GracefulAsThingsStandAsync(stop, prefix, ct));
        var answers = await traffic;
        await ReviveAsync(stopped);

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(await LogAsync(service, answers, Cancellation), Graceful(stop, account, answers.Count));
    }

    /// <summary>Which lines of its log are no JSON, and of which acknowledged buffs none has the trace.</summary>
    private async Task<Measurement> LogAsync(StackInstance service, IReadOnlyList<PostAnswer> answers, CancellationToken cancellationToken)
    {
        var log = await Stack.Control.LogAsync(service, tail: null, cancellationToken);
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var others = lines.Where(line => !IsObject(line)).Select(line => $"not JSON: {Cut.To(line, 200)}").ToList();
        if (lines.Length == 0)
            others.Add($"nothing at all was logged, of {answers.Count} requests, a start and an end");
        var untraced = answers
            .Where(answer => answer.Outcome == Outcome.Ok)
            .Select(answer => answer.Marker)
            .Where(marker => !log.Contains(TraceContext.IdOf(marker), StringComparison.Ordinal))
            .ToList();
        if (untraced.Count > 0)
            others.Add($"no line has the trace of {untraced.Count} of the acknowledged buffs, as of '{untraced[0]}'");
        return Measurement.OfDeviations("logs.json", others, lines.Length + answers.Count) with { Target = service.Name };
    }

    private static Measurement Graceful(StopFault stop, LedgerResult? account, int requests)
    {
        List<string> faults = stop.ExitCode == 0 ? [] : [$"exit code {stop.ExitCode}, expected 0"];
        if (account is { Faults: > 0 })
            faults.Add(account.Diagnosis);
        return Measurement.OfDeviations("stop.graceful", faults, requests) with
        {
            Target = stop.Target,
            Fault = stop.Name,
            Files = account?.File is { } file ? [file] : [],
        };
    }

    private async Task<Measurement> GracefulAsThingsStandAsync(StopFault stop, string prefix, CancellationToken cancellationToken)
    {
        if (stop.ExitCode != 0)
            return Graceful(stop, account: null, Posts);
        var open = await Platform.Account.MeasureOpenAsync("stop.graceful", prefix, cancellationToken);
        return open with { Target = stop.Target, Fault = stop.Name };
    }

    private Progress Swung(string prefix)
    {
        var posts = Platform
            .History.Lines.Where(line =>
                line is { Kind: HistoryKind.Op, Marker: { } marker } && marker.StartsWith(prefix, StringComparison.Ordinal)
            )
            .ToList();
        return new Progress(posts.Count(line => line.Outcome == Outcome.Ok), posts.Count > 0 ? posts[^1].Detail : null);
    }

    /// <summary>How far the traffic has come.</summary>
    private sealed record Progress(int Acknowledged, string? Last)
    {
        public override string ToString() => $"{Acknowledged} of them; the last answer: {Last ?? "none yet"}";
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
