namespace Verification.Tests.Integration.Contract;

public sealed class ListTests(PlatformFixture platform) : Scenario(platform)
{
    [Fact]
    [Objective("contract.get")]
    public async Task Listing_answers_the_array_to_the_letter()
    {
        var marker = Platform.NewMarker("list");
        await Platform.PostAsync(marker, cancellationToken: Cancellation);
        await Platform.AwaitRowAsync(marker, Cancellation);
        await Platform.ChillAsync();

        var answer = await Platform.ListAsync(Cancellation);

        var deviations = ListContract.Deviations(answer);
        if (deviations.Count == 0)
            deviations = [.. Unexpected(answer.Buffs, marker)];
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

    private static IEnumerable<string> Unexpected(IReadOnlyList<Buff> buffs, string last)
    {
        if (buffs.Count != Platform.SeedCount + 1)
            yield return $"{buffs.Count} buffs, expected {Platform.SeedCount + 1}";
        if (buffs.Count == 0 || buffs[^1].Question != last)
            yield return $"the last buff is not '{last}'";
    }
}
