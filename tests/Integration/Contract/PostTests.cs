namespace Verification.Tests.Integration.Contract;

public sealed class PostTests(PlatformFixture platform) : Scenario(platform)
{
    [Fact]
    [Objective("contract.post")]
    public async Task Posting_answers_200_with_an_empty_body()
    {
        var answers = new List<PostAnswer>();
        foreach (var options in new string[][] { ["me", "you"], ["yes"], ["a", "b", "c", "d"], ["Ä", "漢字", "🎉"] })
            answers.Add(await Platform.PostAsync(Platform.NewMarker("post"), options, cancellationToken: Cancellation));

        var deviations = answers
            .Where(answer => answer.Status != 200 || answer.Body.Length > 0 || !answer.Headers.Contains("Content-Length: 0"))
            .Select(answer => $"status {answer.Status}, body '{answer.Body}', headers [{string.Join("; ", answer.Headers)}] {answer.Error}")
            .ToList();
        Decide("contract.post", deviations.Count, answers.Count, $"expected 200, Content-Length: 0, no body; got {string.Join(" | ", deviations)}");
    }
}
