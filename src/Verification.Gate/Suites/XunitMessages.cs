using System.Text.Json;
using Verification.Objectives;

namespace Verification.Gate.Suites;

/// <summary>Follows the JSON lines that an xunit.v3 executable writes while it runs (<c>-reporter json</c>), so that what was known
/// when it was
/// ended is known here too.</summary>
/// <param name="stage">Name of the stage.</param>
internal sealed class XunitMessages(string stage)
{
    private readonly Dictionary<string, Started> running = new(StringComparer.Ordinal);
    private readonly List<TestRecord> ended = [];

    /// <summary>Errors outside any test: a fixture, a crash of the framework.</summary>
    public IReadOnlyList<string> Errors => errors;

    private readonly List<string> errors = [];

    /// <summary>Every test that ended.</summary>
    public IReadOnlyList<TestRecord> Ended => ended;

    /// <summary>Takes one line.</summary>
    /// <returns>What a person wants to read of it; null for nothing.</returns>
    public string? Take(string line)
    {
        // Text that a test wrote without a line end, or a colour, may stand before a message.
        var start = line.IndexOf("{\"$type\"", StringComparison.Ordinal);
        if (start < 0)
            return line.Length > 0 ? line : null;

        try
        {
            using var document = JsonDocument.Parse(line[start..]);
            return Take(document.RootElement);
        }
        catch (JsonException)
        {
            return line;
        }
    }

    /// <summary>The tests that started and did not end, as failed for <paramref name="reason"/>.</summary>
    public IReadOnlyList<TestRecord> Unfinished(string reason) =>
        [
            .. running.Values.Select(test => new TestRecord(
                test.Name,
                stage,
                TestOutcome.Failed,
                0,
                test.Objectives,
                $"did not end: {reason}"
            )),
        ];

    private string? Take(JsonElement message)
    {
        switch (Text(message, "$type"))
        {
            case "test-starting":
                running[Text(message, "TestUniqueID")] = new Started(Text(message, "TestDisplayName"), ObjectivesOf(message));
                return null;
            case "test-passed":
                return End(message, TestOutcome.Passed, null);
            case "test-failed":
                // A test that was ended says why in a warning; what it was in the middle of says only that it was cancelled.
                return End(message, TestOutcome.Failed, string.Join('\n', [.. Texts(message, "Warnings"), Failure(message)]));
            case "test-skipped":
                return End(message, TestOutcome.Skipped, Text(message, "Reason"));
            case "test-output":
                return Text(message, "Output").TrimEnd();
            case "error-message"
            or "test-assembly-cleanup-failure"
            or "test-collection-cleanup-failure"
            or "test-class-cleanup-failure"
            or "test-case-cleanup-failure"
            or "test-method-cleanup-failure"
            or "test-cleanup-failure":
                errors.Add(Quotation.Lines(Failure(message)));
                return errors[^1];
            default:
                return null;
        }
    }

    private string End(JsonElement message, TestOutcome outcome, string? said)
    {
        var id = Text(message, "TestUniqueID");
        var test = running.Remove(id, out var started) ? started : new Started(id, []);
        var seconds = message.TryGetProperty("ExecutionTime", out var time) ? time.GetDouble() : 0;
        ended.Add(new TestRecord(test.Name, stage, outcome, seconds, test.Objectives, said is null ? null : Quotation.Lines(said)));
        var word = outcome switch
        {
            TestOutcome.Passed => "ok  ",
            TestOutcome.Failed => "FAIL",
            _ => "skip",
        };
        return $"{word} {test.Name} ({seconds:0.00} s){(said is null ? "" : $": {said}")}";
    }

    private static string Failure(JsonElement message) =>
        Texts(message, "Messages") is { Count: > 0 } messages ? string.Join('\n', messages) : "no message";

    private static IReadOnlyList<string?> Texts(JsonElement message, string name) =>
        message.TryGetProperty(name, out var texts) && texts.ValueKind == JsonValueKind.Array
            ? [.. texts.EnumerateArray().Select(text => text.GetString())]
            : [];

    private static IReadOnlyList<string> ObjectivesOf(JsonElement message) =>
        message.TryGetProperty("Traits", out var traits) && traits.TryGetProperty(TraitFilter.Trait, out var objectives)
            ? [.. objectives.EnumerateArray().Select(objective => objective.GetString()!)]
            : [];

    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed record Started(string Name, IReadOnlyList<string> Objectives);
}
