using System.Text;
using Verification.Stack.Additions;
using Verification.Stack.Components.Logging;
using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Masking;

public sealed class SecretTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private const string LinesFile = "/tmp/lines";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A password of the run, in the forms in which programs let one slip, written by a container. Every line has to arrive, be it
    /// among those that Elasticsearch refuses, and none with the password; what was JSON is found by its trace id.</summary>
    [Fact]
    [Objective("logs.masked")]
    public async Task A_password_in_a_line_arrives_masked()
    {
        var word = NewWord();
        var password = Stack.MySqlOptions(Stack.Instance(InstanceRole.Mysql)).Password;
        var trace = TraceContext.IdOf(word);
        IReadOnlyList<string> objects = Objects(word, password, trace);
        IReadOnlyList<string> lines = [.. Slips(word, password), .. objects, .. Refused(word, password)];
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
                    .. stored
                        .Where(line => Stack.CredentialsIn(line.Document).Count > 0)
                        .Select(line => $"a password stands in '{Without(password, line.Document)}'"),
                    .. Enumerable.Repeat("a line of JSON is not found by its trace id any more", Math.Max(0, objects.Count - (int)traced)),
                ],
                lines.Count
            )
        );
    }

    private static string Without(string password, string text) =>
        text.Replace(password, "PASSWORD", StringComparison.Ordinal)
            .Replace(Convert.ToBase64String(Encoding.UTF8.GetBytes(password)), "BASE64", StringComparison.Ordinal);

    private static IReadOnlyList<string> Slips(string word, string password) =>
        [
            $"{word} password={password}",
            $"{word} Password: {password}",
            $"{word} Server=mysql;Port=3306;User ID=sportbuff;Password={password};Database=sportbuff",
            $"{word} Server=mysql;Uid=sportbuff;Pwd={password};Database=sportbuff",
            $"{word} connecting to redis://:{password}@redis-node-0:6379/0",
            $"{word} connecting to mysql://sportbuff:{password}@mysql:3306/sportbuff",
            $"{word} MQPASSWORD={password} MQHOST=activemq",
            $"{word} DBPASS='{password}'",
            $"{word} CONNECT login:sportbuff passcode:{password}",
            $"{word} Authorization: Bearer {password}",
            $"{word} authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(password))}",
            $"{word} CREATE USER sportbuff IDENTIFIED BY '{password}'",
            $"{word} mysql --user=sportbuff --password {password}",
            $"{word} requirepass {password}",
            $"{word} <password>{password}</password>",
            $"{word} GET /?api_key={password}&page=1",
            $"{word} password=a,{password}",
            $"{word} password=a){password}&b",
            $@"{word} password=Ab9\u002B{password}",
            $"{word} user[password]={password}",
            $"{word} password=b'{password}'",
            $"{word} password=x,secret=\"y {password}\"",
            $$"""{"Message":"{{word}} cut short","password":"{{password}}""",
            $$"""{"Message":"{{word}} no number","passwords":["a","{{password}}"],"value":NaN}""",
        ];

    private static IReadOnlyList<string> Objects(string word, string password, string trace) =>
        [
            $$$"""{"Message":"{{{word}}} settings","State":{"DBPASS":"{{{password}}}","REDISPASSWORD":"{{{password}}}"},"trace_id":"{{{trace}}}"}""",
            $$"""{"Message":"{{word}} body {\"user\":\"sportbuff\",\"password\":\"{{password}}\"}","trace_id":"{{trace}}"}""",
            $$"""{"Message":"{{word}} array","passwords":["{{password}}","b"],"trace_id":"{{trace}}"}""",
            $$$"""{"Message":"{{{word}}} object","credentials":{"user":"x","value":"{{{password}}}"},"trace_id":"{{{trace}}}"}""",
            $$"""{"Message":"{{word}} password=a\u002B{{password}}","trace_id":"{{trace}}"}""",
            $$"""{"Message":"{{word}} Enter password:","trace_id":"{{trace}}"}""",
            $$"""{"Message":"{{word}} Unexpected token: 'x' at 3","trace_id":"{{trace}}"}""",
        ];

    // Elasticsearch takes no object for a number.
    private static IReadOnlyList<string> Refused(string word, string password) =>
        [$$$"""{"Message":"{{{word}}} refused","status":{"code":1},"passwords":["{{{password}}}"]}"""];
}
