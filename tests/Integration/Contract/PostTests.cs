namespace Verification.Tests.Integration.Contract;

public sealed class PostTests(PlatformFixture platform) : Scenario(platform)
{
    // Of one, two, three and four bytes in UTF-8.
    private static readonly string[][] Answers =
    [
        ["me", "you"],
        ["yes"],
        ["a", "b", "c", "d"],
        ["Ä", "漢字", "🎉"],
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
    ];

    /// <summary>Characters beyond ASCII as they are, or as escapes.</summary>
    private static readonly bool[] Spellings = [false, true];

    [Fact]
    [Objective("contract.post")]
    public async Task Posting_answers_200_with_an_empty_body()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var buff in Good())
        {
            var answer = await Platform.PostAsync(buff, Cancellation);
            count++;
            if (answer.Status != 200 || answer.Body.Length > 0 || !answer.Headers.Contains("Content-Length: 0"))
                deviations.Add(
                    $"{buff.ContentType}, {(buff.Escaped ? "escapes" : "raw UTF-8")}: {answer}, headers [{string.Join("; ", answer.Headers)}]"
                );
        }

        Decide(Measurement.OfDeviations("contract.post", deviations, count, "expected 200, Content-Length: 0, no body; got "));
    }

    /// <summary>Every legal way in which a client writes the same buffs down.</summary>
    private static IEnumerable<BuffToPost> Good() =>
        from answers in Answers
        from type in ContentTypes
        from escaped in Spellings
        select new BuffToPost(Marker.New("pöst"))
        {
            Answers = answers,
            ContentType = type,
            Escaped = escaped,
        };
}
