using System.Globalization;
using System.Security.Cryptography;
using Verification.Platform.Generating;
using Verification.Stack.Sessions;

namespace Verification.Tests.Integration.Contract;

/// <summary>Buffs of every shape that the contract allows, against what the contract says of them.</summary>
public sealed class GeneratedTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Clients = 8;
    private const int BatchSize = 160;
    private const int MostShrinks = 40;
    private IReadOnlyList<string> suspects = [];

    /// <summary>Texts of one character, each alone in its question.</summary>
    private static readonly string[] Single = ["?", "0", "漢", "🎉"];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    [Fact]
    [Objective("contract.generated")]
    public Task Buffs_of_any_shape_are_listed_as_they_were_posted() => CheckAsync("contract.generated", batches: 4);

    [Fact]
    [Objective("contract.generated-more")]
    public Task Very_many_buffs_of_any_shape_are_listed_as_they_were_posted() => CheckAsync("contract.generated-more", batches: 60);

    private async Task CheckAsync(string objective, int batches)
    {
        var cases = new GeneratedCases(TestSeed.Take());
        var again = $"seed {cases}, {VerifyVariables.Seed}={cases} repeats it";
        Platform.History.Event("seed", detail: again);
        TestContext.Current.SendDiagnosticMessage("{0}: {1}", objective, again);
        var deviations = new List<string>();
        suspects = [];
        var posted = 0;
        for (var batch = 0; batch < batches && deviations.Count == 0; batch++)
        {
            if (batch > 0)
                await Platform.ResetAsync(Cancellation);
            var drawn = Named([.. cases.Draw(BuffGen.Any, BatchSize), .. batch == 0 ? BuffGen.Largest : []])
                .Concat(Single.Select(text => new GeneratedBuff(text)))
                .ToList();
            posted += drawn.Count;
            deviations.AddRange(await BatchAsync(drawn));
        }

        Decide(Measurement.OfDeviations(objective, deviations, posted, $"({again}) ") with { Suspects = suspects });
    }

    private async Task<List<string>> BatchAsync(IReadOnlyList<GeneratedBuff> drawn)
    {
        var posted = await PostAsync(drawn);
        await Platform.FenceAsync(Cancellation);
        var fresh = await Platform.ListAfreshAsync(Cancellation);
        var cached = await Platform.ListAsync(Cancellation);
        var now = DateTimeOffset.UtcNow;

        List<string> deviations = [.. ListContract.Deviations(fresh)];
        if (fresh.Body != cached.Body)
            deviations.Add($"the list out of the cache is another one: {Visible.Difference(fresh.Body, cached.Body)}");
        var wrong = posted
            .Select(each => (Case: each, Deviations: each.Deviations(fresh.Buffs, now)))
            .Where(each => each.Deviations.Count > 0)
            .ToList();
        deviations.AddRange(wrong.Select(each => Told(each.Case, each.Deviations)));
        if (wrong.Count > 0)
            deviations.Insert(0, await SmallestAsync(wrong[0].Case, wrong[0].Deviations));
        return deviations;
    }

    private async Task<IReadOnlyList<PostedCase>> PostAsync(IReadOnlyList<GeneratedBuff> buffs)
    {
        var posted = new PostedCase[buffs.Count];
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async _ =>
                {
                    for (var index = Interlocked.Increment(ref next); index < buffs.Count; index = Interlocked.Increment(ref next))
                    {
                        var begun = DateTimeOffset.UtcNow;
                        posted[index] = new PostedCase(
                            buffs[index],
                            await Platform.PostAsync(buffs[index].Question, buffs[index].Request(), Cancellation),
                            begun
                        );
                    }
                })
        );
        return posted;
    }

    /// <summary>The smallest buff of those that are simpler in one respect after the other that still deviates, and how far it
    /// got.</summary>
    private async Task<string> SmallestAsync(PostedCase wrong, IReadOnlyList<string> deviations)
    {
        var (smallest, told) = (wrong, deviations);
        for (var tries = 0; tries < MostShrinks; )
        {
            var before = smallest;
            foreach (var simpler in SimplerBuffs.Of(smallest.Buff).Take(MostShrinks - tries))
            {
                tries++;
                var again = (await PostAsync([Named([simpler])[0]]))[0];
                await Platform.FenceAsync(Cancellation);
                var still = again.Deviations((await Platform.ListAfreshAsync(Cancellation)).Buffs, DateTimeOffset.UtcNow);
                if (still.Count == 0)
                    continue;
                (smallest, told) = (again, still);
                break;
            }

            if (smallest == before)
                break;
        }

        var rows = await Platform.Table.QuestionsWithAsync(smallest.Buff.Marker, Cancellation);
        var stored = rows switch
        {
            [] when smallest.Answer.Status != 200 => "it was refused",
            [] => "no row has it",
            [var row] when row == smallest.Buff.Question => "its row has the question as it was sent",
            [var row] => $"its row has the question {Visible.Of(row)}",
            _ => $"{rows.Count} rows have it",
        };
        suspects =
            smallest.Answer.Status != 200
                ? ["dashboard", "server"]
                : await WhoChangesAsync(
                    async () => (await PostAsync([smallest.Buff]))[0].Answer,
                    smallest.Buff.Question,
                    smallest.Buff.Answers
                );
        return $"the smallest: {Told(smallest, told)}; {stored}";
    }

    private static string Told(PostedCase wrong, IReadOnlyList<string> deviations)
    {
        var (buff, spelling) = (wrong.Buff, wrong.Buff.Spelling);
        var further =
            spelling.Further.Count == 0
                ? string.Empty
                : $", with {string.Join(" and ", spelling.Further.Select(member => $"\"{member.Key}\": {member.Value}"))}";
        var headers = string.Concat(buff.Headers.Select(header => $", {header.Key}: {header.Value}"));
        return $"{Visible.Of(buff.Question)} with {buff.Answers.Count} answers ({string.Join(", ", buff.Answers.Take(3).Select(Visible.Of))}), {buff.ContentType}{headers}{(buff.Chunked ? ", in chunks" : string.Empty)}, escapes {spelling.Escapes}{further}: {string.Join("; ", deviations)}";
    }

    /// <summary>Gives each a marker that no other buff has.</summary>
    private static IReadOnlyList<GeneratedBuff> Named(IReadOnlyList<GeneratedBuff> buffs)
    {
        var prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
        return [.. buffs.Select((buff, index) => buff with { Marker = $"q{prefix}n{index.ToString(CultureInfo.InvariantCulture)}z" })];
    }
}
