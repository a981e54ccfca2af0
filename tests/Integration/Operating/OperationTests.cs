using System.Text.Json;
using Verification.Stack;

namespace Verification.Tests.Integration.Operating;

public sealed class OperationTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(InstanceRole.Dashboard)]
    [InlineData(InstanceRole.Server)]
    [Objective("stop.graceful")]
    [Objective("logs.json")]
    public async Task SIGTERM_under_traffic_ends_a_service_cleanly_and_its_log_is_JSON(InstanceRole role)
    {
        var service = Stack.Instance(role);
        var prefix = Platform.NewMarker("term");
        var markers = Enumerable.Range(0, 200).Select(index => $"{prefix} {index}").ToList();
        // Some of everything that is logged: requests good and bad, an end, a start.
        await Platform.PostRawAsync("log", "{"u8.ToArray(), "application/json", Cancellation);
        var traffic = Platform.PostManyAsync(markers, clients: 8, Cancellation);
        var exitCode = await Stack.Control.StopAsync(service, StopPatience, Cancellation);
        var answers = await traffic;
        await Platform.ReviveAsync(service, Cancellation);

        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        var lines = (await Stack.Control.LogAsync(service, tail: null, Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var others = lines.Where(line => !IsObject(line)).ToList();
        var faults = ledger.Faults + (exitCode == 0 ? 0 : 1);
        Decide(
            new("logs.json", others.Count, lines.Length, $"not JSON: {string.Join(" | ", others.Take(3))}", Target: service.Name),
            new("stop.graceful", faults, answers.Count, $"exit code {exitCode}, expected 0; {ledger.Diagnosis}", Target: service.Name));
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
