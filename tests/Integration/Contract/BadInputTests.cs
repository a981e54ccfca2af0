using System.Text;

namespace Verification.Tests.Integration.Contract;

public sealed class BadInputTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Json = "application/json";

    [Fact]
    [Objective("input.contained")]
    [Objective("input.rejected")]
    [Objective("input.classified")]
    public async Task Bad_input_is_refused_and_leaves_no_trace()
    {
        var prefix = Marker.New("bad");
        string Question(string kind) => $"{prefix} {kind}";
        (string Kind, byte[] Body, string Type, int[] Expected)[] requests =
        [
            Text("no body", string.Empty, Json, 400),
            Text("not JSON", "{\"question\": ", Json, 400),
            Text("two documents", $"{{\"question\": \"{Question("two documents")}\", \"answers\": [\"a\"]}} {{}}", Json, 400),
            Text("an array", $"[\"{Question("an array")}\"]", Json, 400),
            Text("a text", $"\"{Question("a text")}\"", Json, 400),
            Text("null", "null", Json, 400),
            Text("no question", "{\"answers\": [\"a\"]}", Json, 400),
            Text("question null", "{\"question\": null, \"answers\": [\"a\"]}", Json, 400),
            Text("question a number", "{\"question\": 7, \"answers\": [\"a\"]}", Json, 400),
            Text("question an array", $"{{\"question\": [\"{Question("question an array")}\"], \"answers\": [\"a\"]}}", Json, 400),
            Text(
                "a row without a buff",
                "{\"ID\": 1, \"CreatedAt\": \"2020-01-01T00:00:00Z\", \"UpdatedAt\": null, \"DeletedAt\": {\"Time\": \"2020-01-01T00:00:00Z\", \"Valid\": true}}",
                Json,
                400
            ),
            Text("a row with half a buff", $"{{\"ID\": \"seven\", \"question\": \"{Question("a row with half a buff")}\"}}", Json, 400),
            Text("question empty", "{\"question\": \"\", \"answers\": [\"a\"]}", Json, 400),
            Text(
                "question too long",
                $"{{\"question\": \"{Question("question too long")} {new string('x', 300_000)}\", \"answers\": [\"a\"]}}",
                Json,
                400,
                413
            ),
            Text("no answers", $"{{\"question\": \"{Question("no answers")}\"}}", Json, 400),
            Text("answers null", $"{{\"question\": \"{Question("answers null")}\", \"answers\": null}}", Json, 400),
            Text("answers empty", $"{{\"question\": \"{Question("answers empty")}\", \"answers\": []}}", Json, 400),
            Text("answers a text", $"{{\"question\": \"{Question("answers a text")}\", \"answers\": \"a\"}}", Json, 400),
            Text("answers an object", $"{{\"question\": \"{Question("answers an object")}\", \"answers\": {{\"a\": \"b\"}}}}", Json, 400),
            Text("answers of numbers", $"{{\"question\": \"{Question("answers of numbers")}\", \"answers\": [1, 2]}}", Json, 400),
            Text("an answer null", $"{{\"question\": \"{Question("an answer null")}\", \"answers\": [null]}}", Json, 400),
            Text(
                "too many answers",
                $"{{\"question\": \"{Question("too many answers")}\", \"answers\": [{string.Join(',', Enumerable.Repeat("\"a\"", 10_000))}]}}",
                Json,
                400
            ),
            Text(
                "half a surrogate pair",
                $"{{\"question\": \"{Question("half a surrogate pair")} \\ud83d\", \"answers\": [\"a\"]}}",
                Json,
                400
            ),
            Text("no content type", $"{{\"question\": \"{Question("no content type")}\", \"answers\": [\"a\"]}}", string.Empty, 415),
            Text("wrong content type", $"{{\"question\": \"{Question("wrong content type")}\", \"answers\": [\"a\"]}}", "text/plain", 415),
            Text("a form", $"question={Question("a form")}&answers=a", "application/x-www-form-urlencoded", 415),
            Text("too large", $"{{\"question\": \"{Question("too large")}\", \"answers\": [\"a\"]}}{new string(' ', 2 << 20)}", Json, 413),
            (
                "not UTF-8",
                [
                    .. Encoding.UTF8.GetBytes($"{{\"question\": \"{Question("not UTF-8")} "),
                    0xC3,
                    0x28,
                    0xFF,
                    .. Encoding.UTF8.GetBytes("\", \"answers\": [\"a\"]}"),
                ],
                Json,
                [400]
            ),
        ];

        var (accepted, misnamed) = (new List<string>(), new List<string>());
        foreach (var (kind, body, type, expected) in requests)
        {
            var answer = await Platform.PostRawAsync(Question(kind), body, type, Cancellation);
            if (answer.Status is < 400 or >= 500)
                accepted.Add($"{kind}: {answer}");
            if (!expected.Contains(answer.Status))
                misnamed.Add($"{kind}: {answer}, expected {string.Join(" or ", expected)}");
        }

        Keep(
            Measurement.OfDeviations("input.rejected", accepted, requests.Length, "not answered 4xx: "),
            Measurement.OfDeviations("input.classified", misnamed, requests.Length)
        );
        await Platform.FenceAsync(Cancellation);
        // Whatever its question: bad input need not keep ours. But for the seed and fences the table was empty.
        var rows = (await Platform.Table.RowsAsync(string.Empty, Cancellation)).Keys.Where(question => !Marker.IsOwn(question)).ToList();

        Decide(
            Measurement.OfDeviations(
                "input.contained",
                [.. rows.Select(question => $"'{Cut.To(question, 80)}'")],
                requests.Length,
                "rows from bad input: "
            )
        );
    }

    private static (string Kind, byte[] Body, string Type, int[] Expected) Text(
        string kind,
        string body,
        string type,
        params int[] expected
    ) => (kind, Encoding.UTF8.GetBytes(body), type, expected);
}
