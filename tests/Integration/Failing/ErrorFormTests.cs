using System.Text.Json;
using Verification.Stack;

namespace Verification.Tests.Integration.Failing;

/// <summary>What clients and logs are told while a part is away.</summary>
public sealed class ErrorFormTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Asked = 3;

    [Fact]
    [Objective("errors.form", OfAnswers = true)]
    [Objective("secrets.contained", OfAnswers = true)]
    public async Task What_is_told_while_a_part_is_away_has_its_form_and_gives_nothing_away()
    {
        var (misshapen, leaks) = (new List<string>(), new List<string>());
        var (askedWrong, told) = (new List<string>(), new List<string>());
        var (errors, looks) = (0, 0);
        AtEnd(Form, Secrets);
        foreach (var (role, asked, what, ask) in Outages())
        {
            await Platform.AwaitServiceAsync(Cancellation);
            await using var fault = await InjectAsync(Faults.Kill(Stack.Instance(role)));
            await Platform.Cache.ClearAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, Asked).Select(_ => ask()));
            errors += answers.Length;
            AddTo(misshapen, askedWrong, asked, answers.SelectMany(Misshapen).Distinct().Select(deviation => $"{what}: {deviation}"));
            AddTo(leaks, told, asked, answers.SelectMany(answer => Leaks.In(Stack, what, answer)).Distinct());
            looks += answers.Length;
        }

        var good = (await Platform.ListAsync(Cancellation)).Http;
        AddTo(leaks, told, InstanceRole.Server, Leaks.In(Stack, "GET /buffs", good with { Body = string.Empty }));
        looks++;
        foreach (var instance in Stack.Description.Instances)
        {
            AddTo(leaks, told, instance.Role, Stack.CredentialsIn(await Stack.Control.LogAsync(instance, tail: null, Cancellation)).Select(name => $"the log of {instance.Name} holds the credential {name}"));
            looks++;
        }

        Decide(Form(), Secrets());

        Measurement Form() => Measurement.OfDeviations("errors.form", misshapen, errors, "expected 503, a problem (RFC 9457) and Retry-After: ") with { Suspects = [.. askedWrong.Distinct().Take(2)] };

        Measurement Secrets() => Measurement.OfDeviations("secrets.contained", leaks, looks) with { Suspects = [.. told.Distinct().Take(2)] };
    }

    private static void AddTo(List<string> all, List<string> suspects, Role suspect, IEnumerable<string> found)
    {
        var before = all.Count;
        all.AddRange(found);
        if (all.Count > before)
            suspects.Add(suspect.Name);
    }

    /// <summary>What is away, and who is asked what can't do without it.</summary>
    private IEnumerable<(InstanceRole Away, InstanceRole Asked, string What, Func<Task<HttpAnswer>> Ask)> Outages()
    {
        yield return (InstanceRole.Mysql, InstanceRole.Server, "GET /buffs while MySQL is away", async () => (await Platform.ListAsync(Cancellation)).Http);
        yield return (InstanceRole.Broker, InstanceRole.Dashboard, "POST /buff while the broker is away", async () => (await Platform.PostAsync(Marker.New("away"), Cancellation)).Http);
    }

    private static IEnumerable<string> Misshapen(HttpAnswer answer)
    {
        if (answer.Status != 503)
            yield return answer.Status == 0 ? $"no answer ({answer.Error?.Message})" : $"status {answer.Status}";
        if (answer.ContentType?.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase) != true)
            yield return $"content type '{answer.ContentType}'";
        if (!IsProblem(answer))
            yield return "the body is no problem of its status";
        if (!answer.Headers.Any(header => header.StartsWith("Retry-After:", StringComparison.OrdinalIgnoreCase)))
            yield return "no Retry-After";
    }

    private static bool IsProblem(HttpAnswer answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return body.RootElement.TryGetProperty("status", out var status) && status.TryGetInt32(out var code) && code == answer.Status;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
