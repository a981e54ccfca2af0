using System.Text;
using Verification.Stack.Additions;
using Verification.Stack.Components.Logging;
using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Masking;

public sealed class SecretTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private const string LinesFile = "/tmp/lines";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Each password of the run, in the forms in which programs let one slip, written by a container. Every line has to arrive, be
    /// it among those that Elasticsearch refuses, and none with a password; what was JSON is found by its trace id.</summary>
    [Fact]
    [Objective("logs.masked")]
    public async Task A_password_in_a_line_arrives_masked()
    {
        var word = NewWord();
        var trace = TraceContext.IdOf(word);
        var slips = Stack.Passwords.Values.Select(password => new SlippedSecrets(word, password, trace)).ToList();
        IReadOnlyList<string> lines = [.. slips.SelectMany(slip => slip.All), .. SlippedSecrets.Harmless(word, trace)];
        var objects = slips.Sum(slip => slip.Objects.Count) + SlippedSecrets.Harmless(word, trace).Count;
        await using var talker = await RequireAdditions()
            .StartAsync(
                new Addition(LoggingRole.NodeLogs, "talker")
                {
                    Command = ["sh", "-c", $"cat {LinesFile}; exec sleep infinity"],
                    Files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
                    {
                        [LinesFile] = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"),
                    },
                },
                Cancellation
            );
        await AwaitOnNodeAsync(word, lines.Count);

        var stored = await Eventually.SeeAsync(
            $"all {lines.Count} lines of the talker are found",
            Patience,
            async ct =>
                (IReadOnlyList<StoredLine>)
                    [
                        .. await Log.Elasticsearch.FindAsync(LogStream.Lines, "message", word, ct),
                        .. await Log.Elasticsearch.FindAsync(LogStream.Refused, "message", word, ct),
                    ],
            found => found.Count >= lines.Count,
            Cancellation
        );
        var traced = await Log.Elasticsearch.CountAsync(LogStream.Lines, "trace_id", trace, Cancellation);
        Decide(
            Measurement.OfDeviations(
                "logs.masked",
                [
                    .. stored.SelectMany(line =>
                        Stack.CredentialsIn(line.Document).Select(name => $"{name} stands in '{WithoutPasswords(line.Document)}'")
                    ),
                    .. Enumerable.Repeat("a line of JSON is not found by its trace id any more", Math.Max(0, objects - (int)traced)),
                ],
                lines.Count
            )
        );
    }

    private string WithoutPasswords(string document) =>
        Stack.Passwords.Values.Aggregate(
            document,
            (text, password) =>
                text.Replace(password, "PASSWORD", StringComparison.Ordinal)
                    .Replace(Convert.ToBase64String(Encoding.UTF8.GetBytes(password)), "BASE64", StringComparison.Ordinal)
        );
}
