using Verification.Chaos.Faults;
using Verification.Stack;

namespace Verification.Tests.Integration.Contract;

public sealed class ListTests(PlatformFixture platform) : Scenario(platform)
{
    [Fact]
    [Objective("contract.get")]
    public async Task Listing_answers_the_array_to_the_letter()
    {
        var prefix = Marker.New("list");
        var posted = Marker.Of(prefix, 3);
        await Platform.PostManyAsync(posted, clients: 1, Cancellation);
        await Platform.FenceAsync(Cancellation);

        var answer = await Platform.ListAfreshAsync(Cancellation);

        var deviations = ListContract.Deviations(answer);
        if (deviations.Count == 0)
            deviations = [.. posted.Where(question => !answer.Lists(question)).Select(question => $"'{question}' is not listed")];
        Decide(Measurement.OfDeviations("contract.get", deviations, Math.Max(answer.Buffs.Count, posted.Count)));
    }

    [Fact]
    [Objective("contract.empty")]
    public async Task An_empty_table_is_listed_as_an_empty_array()
    {
        await Platform.Table.ClearAsync(Cancellation);

        var answers = new List<ListAnswer> { await Platform.ListAfreshAsync(Cancellation) };
        // Once more, out of the cache.
        answers.Add(await Platform.ListAsync(Cancellation));

        var deviations = answers
            .SelectMany(answer =>
                ListContract.Deviations(answer).Append(answer.Body.Trim() == "[]" ? null : $"an empty table is listed as {answer}")
            )
            .OfType<string>()
            .ToList();
        Decide(Measurement.OfDeviations("contract.empty", deviations, answers.Count));
    }

    [Fact]
    [Objective("contract.deleted")]
    public async Task A_row_that_is_marked_as_deleted_is_not_listed()
    {
        var questions = Marker.Of(Marker.New("deleted"), 3);
        await Platform.PostManyAsync(questions, clients: 1, Cancellation);
        await Platform.FenceAsync(Cancellation);

        await Platform.Table.MarkDeletedAsync(questions[1], deleted: true, Cancellation);
        var without = await Platform.ListAfreshAsync(Cancellation);
        await Platform.Table.MarkDeletedAsync(questions[1], deleted: false, Cancellation);
        var with = await Platform.ListAfreshAsync(Cancellation);

        List<string> deviations = [.. ListContract.Deviations(without), .. ListContract.Deviations(with)];
        if (without.Lists(questions[1]))
            deviations.Add($"'{questions[1]}' is listed although its deleted_at is set");
        deviations.AddRange(
            questions
                .Where(question => !with.Lists(question))
                .Select(question => $"'{question}' is not listed although its deleted_at is NULL")
        );
        deviations.AddRange(
            new[] { questions[0], questions[2] }
                .Where(question => !without.Lists(question))
                .Select(question => $"'{question}' is not listed while another is deleted")
        );
        Decide(Measurement.OfDeviations("contract.deleted", deviations, questions.Count));
    }

    [Theory]
    [InlineData(1)]
    // One more than a round number that somebody may have taken for enough.
    [InlineData(2_001)]
    [InlineData(10_001)]
    [Objective("contract.sizes")]
    public async Task A_table_is_listed_whole_whatever_its_size(int rows)
    {
        await Platform.Table.ClearAsync(Cancellation);
        var question = Marker.New("size");
        await Platform.PostAsync(question, Cancellation);
        await Platform.FenceAsync(Cancellation);
        // The buff of the fence would be one more.
        await Platform.Table.KeepOnlyAsync(question, Cancellation);
        await Platform.Table.GrowToAsync(rows + (rows / 100), Cancellation);
        // Here and there is one that is not listed.
        await Platform.Table.MarkEachDeletedAsync(rows / 100, Cancellation);

        var answer = await Platform.ListAfreshAsync(Cancellation);

        List<string> deviations = [.. ListContract.Deviations(answer)];
        if (answer.Buffs.Count != rows)
            deviations.Add($"{answer.Buffs.Count} of {rows} rows are listed");
        Decide(Measurement.OfDeviations("contract.sizes", deviations, rows) with { Phase = $"{rows} rows" });
    }

    [Fact]
    [Objective("contract.order")]
    public async Task Buffs_are_listed_in_the_order_in_which_they_were_posted()
    {
        var prefix = Marker.New("order");
        var posted = Marker.Of(prefix, 60, 100);
        // The first half as it comes; the other waits in the queue, and is taken all at once.
        await Platform.PostManyAsync([.. posted.Take(posted.Count / 2)], clients: 1, Cancellation);
        if (Stack.Description.Destructive)
        {
            await using var held = await HoldWritesAsync();
            await Platform.PostManyAsync([.. posted.Skip(posted.Count / 2)], clients: 1, Cancellation);
        }
        else
        {
            await Platform.PostManyAsync([.. posted.Skip(posted.Count / 2)], clients: 1, Cancellation);
        }

        await Platform.FenceAsync(Cancellation);

        var listed = (await Platform.ListAfreshAsync(Cancellation))
            .Buffs.Select(buff => buff.Question)
            .Where(question => question.StartsWith(prefix, StringComparison.Ordinal))
            .ToList();

        var misplaced = posted
            .Zip(listed)
            .Where(pair => pair.First != pair.Second)
            .Select(pair => $"'{pair.Second}' stands where '{pair.First}' belongs")
            .ToList();
        misplaced.AddRange(posted.Except(listed).Select(question => $"'{question}' is not listed"));
        Decide(Measurement.OfDeviations("contract.order", misplaced, posted.Count));
    }

    /// <summary>Keeps the Server from storing.</summary>
    private Task<InjectedFault> HoldWritesAsync() =>
        HeldWrites.AwaitAsync(InjectAsync(Faults.LockWrites(Stack.Instance(InstanceRole.Mysql))), Platform, Cancellation);
}
