using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Reading;

public sealed class HardLineTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private const int Told = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>They are written into the node's files as they are: some of them no engine would hand on. Each has to be found, as a line
    /// or among what was refused; an ordinary one stands behind them.</summary>
    [Fact]
    [Objective("logs.hard-lines")]
    public async Task Lines_that_are_hard_to_read_are_found_and_stop_nothing()
    {
        Unavailable(RequireAdditions().Unavailable);
        var lines = new HardLines(NewWord(), TimeProvider.System.GetUtcNow());
        await Log.WriteAsync("hard", lines.File, Cancellation);
        IReadOnlyList<string> missing = lines.Words;
        try
        {
            await Eventually.IsTrueAsync(
                "all of them are found",
                Patience,
                async ct => (missing = await MissingAsync(missing, ct)).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is missing is counted.
        }

        Decide(
            Measurement.OfDeviations(
                "logs.hard-lines",
                [
                    .. missing.Select(word => $"line {lines.Words.ToList().IndexOf(word) + 1} of {lines.Words.Count} is not found"),
                    .. await BrokenAsync(lines, missing),
                ],
                lines.Words.Count
            )
        );
    }

    private async Task<IReadOnlyList<string>> BrokenAsync(HardLines lines, IReadOnlyList<string> missing)
    {
        var broken = new List<string>();
        foreach (var (word, text) in lines.Whole.Where(line => !missing.Contains(line.Key)))
        {
            var found = await Log.Elasticsearch.FindAsync(LogStream.Lines, "message", word, Cancellation);
            if (found is not [var only] || only.Message != text)
                broken.Add(
                    $"a line in parts is not what was written: it begins with '{text[..Told]}', found are {string.Join(" and ", found.Select(line => $"'{line.Message[..Math.Min(Told, line.Message.Length)]}…' of {line.Message.Length} characters"))}"
                );
        }

        return broken;
    }

    private async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var word in words)
        {
            if (await Log.Elasticsearch.CountAsync($"{LogStream.Lines},{LogStream.Refused}", "message", word, cancellationToken) == 0)
                missing.Add(word);
        }

        return missing;
    }
}
