using System.Text;

namespace Verification.Tests.Integration.Contract;

public sealed class BadInputTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Json = "application/json";

    [Fact]
    [Objective("input.contained")]
    [Objective("input.rejected")]
    public async Task Bad_input_is_refused_and_leaves_no_trace()
    {
        var prefix = Platform.NewMarker("bad");
        string Question(string kind) => $"{prefix} {kind}";
        (string Kind, byte[] Body, string Type)[] requests =
        [
            Text("no body", string.Empty, Json),
            Text("not JSON", "{\"question\": ", Json),
            Text("an array", $"[\"{Question("an array")}\"]", Json),
            Text("no question", "{\"answers\": [\"a\"]}", Json),
            Text("question null", "{\"question\": null, \"answers\": [\"a\"]}", Json),
            Text("question a number", "{\"question\": 7, \"answers\": [\"a\"]}", Json),
            Text("question empty", "{\"question\": \"\", \"answers\": [\"a\"]}", Json),
            Text("no answers", $"{{\"question\": \"{Question("no answers")}\"}}", Json),
            Text("answers empty", $"{{\"question\": \"{Question("answers empty")}\", \"answers\": []}}", Json),
            Text("answers a string", $"{{\"question\": \"{Question("answers a string")}\", \"answers\": \"a\"}}", Json),
            Text("answers of numbers", $"{{\"question\": \"{Question("answers of numbers")}\", \"answers\": [1, 2]}}", Json),
            Text("an answer null", $"{{\"question\": \"{Question("an answer null")}\", \"answers\": [null]}}", Json),
            Text("wrong content type", $"{{\"question\": \"{Question("wrong content type")}\", \"answers\": [\"a\"]}}", "text/plain"),
            Text("too large", $"{{\"question\": \"{Question("too large")} {new string('x', 2 << 20)}\", \"answers\": [\"a\"]}}", Json),
            ("not UTF-8", [.. Encoding.UTF8.GetBytes($"{{\"question\": \"{Question("not UTF-8")} "), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes("\", \"answers\": [\"a\"]}")], Json),
        ];

        var accepted = new List<string>();
        foreach (var (kind, body, type) in requests)
        {
            var answer = await Platform.PostRawAsync(Question(kind), body, type, Cancellation);
            if (answer.Status is < 400 or >= 500)
                accepted.Add($"{kind}: {answer.Status} {answer.Error}");
        }

        await Platform.FenceAsync(Cancellation);
        // Whatever its question: bad input need not keep ours. But for the seed and fences the table was empty.
        var rows = (await Platform.RowsAsync(string.Empty, Cancellation)).Keys.Where(question => !Platform.IsOwn(question)).ToList();

        Decide(
            new("input.contained", rows.Count, requests.Length, $"rows from bad input: {string.Join(" | ", rows.Select(question => question[..Math.Min(80, question.Length)]))}"),
            new("input.rejected", accepted.Count, requests.Length, $"not answered 4xx: {string.Join(" | ", accepted)}"));
    }

    private static (string Kind, byte[] Body, string Type) Text(string kind, string body, string type) => (kind, Encoding.UTF8.GetBytes(body), type);
}
