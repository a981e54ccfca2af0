using System.Globalization;
using System.Security.Cryptography;
using Verification.Platform.Generating;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Sessions;

namespace Verification.Tests.Integration.Contract;

/// <summary>Buffs of every shape that the contract allows, against what the contract says of them.</summary>
public sealed class GeneratedTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Clients = 8;
    private const int BatchSize = 160;
    private const int MostShrinks = 40;

    /// <summary>How far the clock of one Server is ahead: further than any other place of the world.</summary>
    private const int HoursAhead = 14;
    private const string Zone = "/run/verification/ahead.tzif";
    private static readonly string[] OfServer = ["server", "dashboard"];
    private static readonly string[] OfDashboard = ["dashboard", "server"];
    private IReadOnlyList<string> suspects = [];
    private bool isUsed;

    /// <summary>Texts of one character, each alone in its question.</summary>
    private static readonly string[] Single = ["?", "0", "漢", "🎉"];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    [Fact]
    [Objective("contract.generated")]
    public Task Buffs_of_any_shape_are_listed_as_they_were_posted() =>
        CheckAsync("contract.generated", cases => [() => BatchesAsync(cases, 4), () => SequencesAsync(cases, 3, expiries: 0)]);

    [Fact]
    [Objective("contract.generated-more")]
    public async Task Very_many_buffs_of_any_shape_are_listed_as_they_were_posted()
    {
        var additions = RequireAdditions();
        await CheckAsync(
            "contract.generated-more",
            cases => [() => AheadAsync(additions), () => BatchesAsync(cases, 60), () => SequencesAsync(cases, 12, expiries: 2)]
        );
    }

    /// <summary>Checks one part after the other, until one deviates.</summary>
    private async Task CheckAsync(string objective, Func<GeneratedCases, IReadOnlyList<Func<Task<Found>>>> partsOf)
    {
        var cases = new GeneratedCases(TestSeed.Take());
        var again = $"seed {cases}, {VerifyVariables.Seed}={cases} repeats it";
        Platform.History.Event("seed", detail: again);
        TestContext.Current.SendDiagnosticMessage("{0}: {1}", objective, again);
        suspects = [];
        var all = new Found(0, []);
        foreach (var part in partsOf(cases))
        {
            var found = await part();
            all = new Found(all.Posted + found.Posted, found.Deviations);
            if (all.Deviations.Count > 0)
                break;
        }

        Decide(Measurement.OfDeviations(objective, all.Deviations, all.Posted, $"({again}) ") with { Suspects = suspects });
    }

    private async Task<Found> BatchesAsync(GeneratedCases cases, int count)
    {
        var (posted, deviations) = (0, new List<string>());
        for (var batch = 0; batch < count && deviations.Count == 0; batch++)
        {
            await BeginAsync();
            var drawn = Named([.. cases.Draw(BuffGen.Any, BatchSize), .. batch == 0 ? BuffGen.Largest : []])
                .Concat(Single.Select(text => new GeneratedBuff(text)))
                .ToList();
            posted += drawn.Count;
            deviations = await BatchAsync(drawn);
        }

        return new Found(posted, deviations);
    }

    private async Task<Found> SequencesAsync(GeneratedCases cases, int count, int expiries)
    {
        var (posted, deviations) = (0, (IReadOnlyList<string>)[]);
        for (var sequence = 0; sequence < count && deviations.Count == 0; sequence++)
        {
            await BeginAsync();
            var steps = cases
                .Draw(sequence < expiries ? SequenceGen.WithExpiry : SequenceGen.Any, 1)[0]
                .Select(step => step with { Buffs = Named(step.Buffs) })
                .ToList();
            posted += steps.Sum(step => step.Buffs.Count);
            deviations = await new SequenceRun(Platform).DeviationsAsync(steps, Cancellation);
        }

        if (deviations.Count > 0)
            suspects = deviations.Any(told => told.Contains("refused", StringComparison.Ordinal)) ? OfDashboard : OfServer;
        return new Found(posted, deviations);
    }

    /// <summary>Times are those of the world, whatever time zone a Server's container has: what one stores that is far ahead is listed
    /// with its true times, by itself and by another.</summary>
    private async Task<Found> AheadAsync(StackAdditions additions)
    {
        await BeginAsync();
        await using var ahead = await additions.StartAsync(
            new Addition(InstanceRole.Server, "server-ahead")
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TZ"] = Zone },
                Files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Zone] = ZoneFile.Ahead(HoursAhead) },
            },
            Cancellation
        );
        await using var through = Platform.Through(server: ahead.Instance);
        await using var alone = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        var posted = await PostAsync(Named([.. Enumerable.Repeat(new GeneratedBuff(string.Empty), Clients)]));
        await through.FenceAsync(Cancellation);
        var byItself = WrongOf(posted, await through.ListAfreshAsync(Cancellation));
        await ReviveAsync(alone);
        var byAnother = WrongOf(posted, await Platform.ListAfreshAsync(Cancellation));

        if (byItself.Count + byAnother.Count > 0)
            suspects = OfServer;
        return new Found(
            posted.Count,
            [
                .. byItself.Select(told => $"stored and listed by a Server that is {HoursAhead} hours ahead: {told}"),
                .. byAnother.Select(told => $"stored by a Server that is {HoursAhead} hours ahead, listed by another: {told}"),
            ]
        );
    }

    private static List<string> WrongOf(IReadOnlyList<PostedCase> posted, ListAnswer listed)
    {
        var now = DateTimeOffset.UtcNow;
        return
        [
            .. ListContract.Deviations(listed),
            .. posted.SelectMany(each => each.Deviations(listed.Buffs, now).Select(deviation => $"{each.Buff.Question}: {deviation}")),
        ];
    }

    /// <summary>Each part begins with the table as it is at the start of a scenario.</summary>
    private async Task BeginAsync()
    {
        if (isUsed)
            await Platform.ResetAsync(Cancellation);
        isUsed = true;
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
                        posted[index] = await PostedCase.PostAsync(Platform, buffs[index], Cancellation);
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
                ? OfDashboard
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
        return $"{Visible.Of(buff.Question)} with {buff.Answers.Count} answers ({string.Join(", ", buff.Answers.Take(3).Select(Visible.Of))}), {buff.ContentType}{headers}{(buff.Chunked ? ", in chunks" : string.Empty)}, escapes {spelling.Escapes}{(spelling.ShortEscapes ? " and short ones" : string.Empty)}{(spelling.EscapedNames ? ", names escaped" : string.Empty)}{further}: {string.Join("; ", deviations)}";
    }

    /// <summary>Gives each a marker that no other buff has.</summary>
    private static IReadOnlyList<GeneratedBuff> Named(IReadOnlyList<GeneratedBuff> buffs)
    {
        var prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
        return [.. buffs.Select((buff, index) => buff with { Marker = $"q{prefix}n{index.ToString(CultureInfo.InvariantCulture)}z" })];
    }

    /// <summary>What a part has found.</summary>
    /// <param name="Posted">How many buffs it has posted.</param>
    /// <param name="Deviations">Where one is not as it must be.</param>
    private sealed record Found(int Posted, IReadOnlyList<string> Deviations);
}
