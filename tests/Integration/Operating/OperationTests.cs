using System.Text.Json;
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
        await Eventually.IsTrueAsync(
            $"{Swing} buffs are acknowledged",
            SwingDeadline,
            _ => Task.FromResult(Acknowledged(prefix) >= Swing),
            Cancellation
        );
        var stop = Faults.Stop(service);
        await using var stopped = await InjectAsync(stop);
        var answers = await traffic;
        await ReviveAsync(stopped);

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        var log = await Stack.Control.LogAsync(service, tail: null, Cancellation);
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
        List<string> faults = stop.ExitCode == 0 ? [] : [$"exit code {stop.ExitCode}, expected 0"];
        if (account.Faults > 0)
            faults.Add(account.Diagnosis);
        Decide(
            Measurement.OfDeviations("logs.json", others, lines.Length + answers.Count) with
            {
                Target = service.Name,
            },
            Measurement.OfDeviations("stop.graceful", faults, answers.Count) with
            {
                Target = service.Name,
                Fault = stop.Name,
                Files = [account.File!],
            }
        );
    }

    private int Acknowledged(string prefix) =>
        Platform.History.Lines.Count(line =>
            line is { Kind: HistoryKind.Op, Outcome: Outcome.Ok, Marker: { } marker } && marker.StartsWith(prefix, StringComparison.Ordinal)
        );

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
