using Verification.Objectives;
using Verification.Platform;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class PlatformClientTests
{
    private const string Listed =
        """[{"ID":1,"CreatedAt":"2026-11-24T10:04:01.931Z","UpdatedAt":"2026-11-24T10:04:01.931Z","DeletedAt":{"Time":"0001-01-01T00:00:00Z","Valid":false},"question":"who","answers":["me"]}]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_stands_in_the_history_before_it_is_sent_and_when_it_has_ended()
    {
        using var folder = new OwnFolder();
        var history = HistoryIn(folder);
        var before = new List<HistoryKind>();
        using var client = new PlatformClient(
            new Scripted(() =>
            {
                before.AddRange(history.Lines.Select(line => line.Kind));
                return Answer(200, string.Empty);
            }),
            "dashboard-2",
            new Scripted(() => Answer(200, Listed)),
            "server-2",
            history,
            new ObservationFiles(new RunFolder(folder.Path))
        );

        await client.PostAsync(new BuffToPost("who") { Process = "client-3" }, Cancellation);
        await client.ListAsync(Cancellation);

        Assert.Equal([HistoryKind.Invoke], before);
        var lines = history.Lines;
        Assert.Equal([HistoryKind.Invoke, HistoryKind.Op, HistoryKind.Invoke, HistoryKind.Op], lines.Select(line => line.Kind));
        Assert.All(lines, line => Assert.Equal("a scenario", line.Scenario));
        Assert.Equal(
            ("client-3", "post", "dashboard-2", "who", Outcome.Ok, "200"),
            (lines[1].Process, lines[1].Name, lines[1].Instance, lines[1].Marker, lines[1].Outcome, lines[1].Detail)
        );
        Assert.Equal(("get", "server-2", 1L), (lines[3].Name, lines[3].Instance, lines[3].Count));
        Assert.Equal("1\t\"who\"\n", await File.ReadAllTextAsync(folder.In(lines[3].File!), Cancellation));
    }

    [Theory]
    [InlineData(200, "[]", Outcome.Ok, 0L)]
    [InlineData(200, "null", Outcome.Ok, null)]
    [InlineData(200, "<html>", Outcome.Ok, null)]
    [InlineData(200, "{}", Outcome.Ok, null)]
    [InlineData(503, "[]", Outcome.Fail, null)]
    public async Task Only_a_list_is_counted(int status, string body, Outcome outcome, long? count)
    {
        using var folder = new OwnFolder();
        var history = HistoryIn(folder);
        using var client = new PlatformClient(
            new Scripted(() => Answer(200, "")),
            "dashboard",
            new Scripted(() => Answer(status, body)),
            "server",
            history,
            new ObservationFiles(new RunFolder(folder.Path))
        );

        var answer = await client.ListAsync(Cancellation);

        Assert.Equal((outcome, count), (history.Lines[^1].Outcome, history.Lines[^1].Count));
        Assert.Equal(count is not null, answer.IsList);
        Assert.Equal(count is null, answer.Problem is not null);
    }

    private static ScenarioHistory HistoryIn(OwnFolder folder) =>
        new(new HistoryLog(folder.In("history.jsonl"), TimeProvider.System), "a scenario");

    private static HttpAnswer Answer(int status, string body) => new(status, body, "application/json", [], null);

    private sealed class Scripted(Func<HttpAnswer> answer) : IHttpTransport
    {
        public Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken) => Task.FromResult(answer());

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
