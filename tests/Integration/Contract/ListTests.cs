using System.Text.Json;
using System.Text.RegularExpressions;

namespace Verification.Tests.Integration.Contract;

public sealed partial class ListTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly string[] Keys = ["ID", "CreatedAt", "UpdatedAt", "DeletedAt", "question", "answers"];

    [Fact]
    [Objective("contract.get")]
    public async Task Listing_answers_the_array_to_the_letter()
    {
        var marker = Platform.NewMarker("list");
        await Platform.PostAsync(marker, cancellationToken: Cancellation);
        await Platform.AwaitRowAsync(marker, Cancellation);
        await Platform.ChillAsync();

        var answer = await Platform.ListAsync(Cancellation);

        List<string> deviations;
        try
        {
            deviations = [.. Deviations(answer, marker)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            deviations = [$"the body is not the JSON of the contract: {e.Message}"];
        }

        Decide("contract.get", deviations.Count, Platform.SeedCount + 1, string.Join(" | ", deviations.Take(5)));
    }

    [Fact]
    [Objective("contract.order")]
    public async Task Buffs_are_listed_in_the_order_in_which_they_were_posted()
    {
        var prefix = Platform.NewMarker("order");
        var posted = Enumerable.Range(0, 60).Select(index => $"{prefix} {index:000}").ToList();
        await Platform.PostManyAsync(posted, clients: 1, Cancellation);
        await Platform.FenceAsync(Cancellation);
        await Platform.ChillAsync();

        var listed = (await Platform.ListAsync(Cancellation)).Buffs.Select(buff => buff.Question).Where(question => question.StartsWith(prefix, StringComparison.Ordinal)).ToList();

        var misplaced = posted.Zip(listed).Where(pair => pair.First != pair.Second).Select(pair => $"'{pair.Second}' stands where '{pair.First}' belongs").ToList();
        Decide("contract.order", misplaced.Count + Math.Abs(posted.Count - listed.Count), listed.Count, $"{listed.Count} of {posted.Count} listed; {string.Join(" | ", misplaced.Take(5))}");
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rfc3339();

    private static IEnumerable<string> Deviations(ListAnswer answer, string marker)
    {
        if (answer.Status != 200)
        {
            yield return $"status {answer.Status} {answer.Error}, expected 200";
            yield break;
        }

        if (answer.ContentType != "application/json")
            yield return $"content type '{answer.ContentType}', expected application/json";

        using var document = JsonDocument.Parse(answer.Body);
        var buffs = document.RootElement.EnumerateArray().ToList();
        if (buffs.Count != Platform.SeedCount + 1)
            yield return $"{buffs.Count} buffs, expected {Platform.SeedCount + 1}";
        if (buffs.Count == 0 || buffs[^1].GetProperty("question").GetString() != marker)
            yield return $"the last buff is not '{marker}'";

        var previous = 0L;
        foreach (var buff in buffs)
        {
            var keys = buff.EnumerateObject().Select(property => property.Name).ToArray();
            if (!keys.SequenceEqual(Keys))
            {
                yield return $"keys [{string.Join(", ", keys)}], expected [{string.Join(", ", Keys)}]";
                yield break;
            }

            var id = buff.GetProperty("ID").GetInt64();
            if (id <= previous)
                yield return $"ID {id} after {previous}, expected ascending";
            previous = id;
            foreach (var time in new[] { "CreatedAt", "UpdatedAt" })
            {
                if (!Rfc3339().IsMatch(buff.GetProperty(time).GetString() ?? string.Empty))
                    yield return $"{time} {buff.GetProperty(time)} of ID {id}, expected RFC 3339 with up to three decimals";
            }

            var deleted = buff.GetProperty("DeletedAt").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal);
            if (deleted != """{"Time":"0001-01-01T00:00:00Z","Valid":false}""")
                yield return $"DeletedAt {deleted} of ID {id}";
            if (buff.GetProperty("answers").EnumerateArray().Any(option => option.ValueKind != JsonValueKind.String))
                yield return $"answers of ID {id} are not all strings";
        }
    }
}
