using System.Text;
using Verification.Stack;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Queueing;

public sealed class PoisonTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    [Fact]
    [Objective("poison.contained")]
    [Objective("poison.buried")]
    public async Task Poison_holds_up_no_good_buff_and_lies_in_the_dead_letter_queue_with_its_cause()
    {
        var prefix = Marker.New("poison");
        (string Kind, byte[] Body)[] poison =
        [
            Text("nothing", string.Empty),
            Text("no JSON", $"{prefix} hello"),
            Text("half a document", $"{{\"question\": \"{prefix} half"),
            Text("an array", $"[\"{prefix}\"]"),
            Text("null", "null"),
            Text("no question", $"{{\"answers\": [\"{prefix}\"]}}"),
            Text("question null", $"{{\"question\": null, \"answers\": [\"{prefix}\"]}}"),
            Text("question a number", $"{{\"question\": 7, \"answers\": [\"{prefix}\"]}}"),
            Text("no answers", $"{{\"question\": \"{prefix} no answers\"}}"),
            Text("answers a text", $"{{\"question\": \"{prefix} answers a text\", \"answers\": \"a\"}}"),
            Text("an answer null", $"{{\"question\": \"{prefix} an answer null\", \"answers\": [null]}}"),
            ("binary", [0, 1, 0xFF, 0xFE, 0xC3, 0x28, .. Encoding.UTF8.GetBytes(prefix), 0]),
            Text("huge", $"{prefix} {new string('x', 4 << 20)}"),
        ];
        var broker = Stack.BrokerOptions(await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation));
        await Platform.Queue.TakeDeadLettersAsync(Cancellation);

        var good = new List<string>();
        await using (var connection = await BrokerConnections.ConnectAsync(broker, Cancellation))
        {
            foreach (var (kind, body) in poison)
            {
                await connection.SendAsync(
                    "buffs",
                    body,
                    [new("persistent", "true"), new("content-type", "application/json")],
                    Cancellation
                );
                var answer = await Platform.PostAsync($"{prefix} after {kind}", Cancellation);
                if (answer.Outcome == Outcome.Ok)
                    good.Add(answer.Marker);
            }
        }

        var burying = AwaitBuriedAsync(poison);
        var missing = await Platform.AwaitListedAsync(good, Promptly, Cancellation);
        var ended = !(await Stack.Control.StateAsync(Stack.Instance(InstanceRole.Server), Cancellation)).Running;
        var unburied = await burying;

        List<string> held = [.. missing.Select(question => $"'{question}' is not listed within {Promptly.TotalSeconds:0} s")];
        if (ended)
            held.Insert(0, "the Server has ended");
        var nowhere = unburied.Count > 0 && !await Platform.Queue.HasDeadLetterQueueAsync(Cancellation);
        Decide(
            Measurement.OfDeviations("poison.contained", held, good.Count),
            Measurement.OfDeviations(
                "poison.buried",
                unburied,
                poison.Length,
                $"not in the dead-letter queue{(nowhere ? ", which the broker does not have," : string.Empty)} as it was sent, or without a cause: "
            ) with
            {
                Suspects = nowhere ? ["broker", "server"] : [],
            }
        );
    }

    /// <summary>Takes dead letters until each poison is among them, with a cause, or time is up.</summary>
    /// <returns>What is not.</returns>
    private async Task<IReadOnlyList<string>> AwaitBuriedAsync((string Kind, byte[] Body)[] poison)
    {
        var unburied = poison.ToList();
        try
        {
            await Eventually.SeeAsync(
                "every poison in the dead-letter queue",
                Promptly,
                async ct =>
                {
                    foreach (var letter in (await Platform.Queue.TakeDeadLettersAsync(ct)).Where(letter => letter.Cause is { Length: > 0 }))
                        unburied.RemoveAll(each => letter.Body.AsSpan().SequenceEqual(each.Body));
                    return unburied.Count;
                },
                count => count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is missing is the measurement.
        }

        return [.. unburied.Select(each => each.Kind)];
    }

    private static (string Kind, byte[] Body) Text(string kind, string text) => (kind, Encoding.UTF8.GetBytes(text));
}
