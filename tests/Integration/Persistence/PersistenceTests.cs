using System.Globalization;
using Dapper;

namespace Verification.Tests.Integration.Persistence;

public sealed class PersistenceTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly string[] Texts =
    [
        "plain", "🎉🏆⚽", "👩‍👩‍👧‍👦", "𝕊𝕡𝕠𝕣𝕥", "漢字かな交じり", "e\u0301 is not \u00e9", "مرحبا بالعالم", "\u202Eright to left\u202C", "zero\u200Bwidth", "tab\there",
        "line\nbreak", "carriage\r\nreturn", "quote \" and '", "back\\slash", "</script><b>", "'; DROP TABLE buffs; --", "%s {0} $(x) `y`", "null", "", " spaces  around ", "\u00a0\u2003", "ß ẞ İ ı", "🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\ufeffbom",
        "‘typographic’ “quotes” «guillemets» `grave`", "'' \"\" \\' \\\"", "Z\u0351\u036b\u0343a\u0321\u034alg\u0322o\u0301", "\u202ameÀ\u202c עברית \u200f‏ 12 (3)", "\ud83d\udc4d\ud83c\udfff ❤️‍🔥", "\u0001\u001f\u007f\u2028\u2029",
        // 64 KiB in all, with the marker before it.
        new string('x', (64 * 1024) - Platform.MarkerLength("exact") - 1),
        string.Concat(Enumerable.Repeat("語", 20_000)),
    ];

    [Fact]
    [Objective("persistence.exact")]
    public async Task Text_comes_back_as_it_was_posted()
    {
        var posted = Texts.Select(text => (Marker: $"{Platform.NewMarker("exact")} {text}", Answers: new[] { $"a{text[..Math.Min(text.Length, 1000)]}", $"{text[..Math.Min(text.Length, 1000)]}z" })).ToList();
        foreach (var (marker, answers) in posted)
            await Platform.PostAsync(marker, answers, cancellationToken: Cancellation);
        await Platform.FenceAsync(Cancellation);
        await Platform.ChillAsync();

        var listed = (await Platform.ListAsync(Cancellation)).Buffs.ToLookup(buff => buff.Question, StringComparer.Ordinal);
        var stored = await Platform.RowsAsync("exact", Cancellation);

        var changed = posted
            .Where(buff => !stored.ContainsKey(buff.Marker) || !listed[buff.Marker].Any(found => found.Answers.SequenceEqual(buff.Answers, StringComparer.Ordinal)))
            .Select(buff => $"'{buff.Marker[..Math.Min(buff.Marker.Length, 80)]}'")
            .ToList();
        Decide("persistence.exact", changed.Count, posted.Count, $"changed on the way or missing: {string.Join(", ", changed.Take(5))}");
    }

    [Fact]
    [Objective("persistence.duplicates")]
    public async Task The_same_text_posted_twice_is_two_buffs()
    {
        // Also at once: nothing may take one for a repetition of the other.
        var marker = Platform.NewMarker("same");
        var answers = new List<PostAnswer>
        {
            await Platform.PostAsync(marker, cancellationToken: Cancellation),
            await Platform.PostAsync(marker, cancellationToken: Cancellation),
        };
        answers.AddRange(await Platform.PostManyAsync([marker, marker, marker, marker], clients: 4, Cancellation));
        await Platform.FenceAsync(Cancellation);
        await Platform.ChillAsync();

        var acked = answers.Count(answer => answer.Outcome == Objectives.Outcome.Ok);
        var rows = (await Platform.RowsAsync(marker, Cancellation)).GetValueOrDefault(marker);
        var listed = (await Platform.ListAsync(Cancellation)).Buffs.Count(buff => buff.Question == marker);

        Decide("persistence.duplicates", Math.Abs(acked - rows) + Math.Abs(acked - listed), acked, $"the same text was acknowledged {acked} times, stored {rows} times, listed {listed} times");
    }

    [Fact]
    [Objective("persistence.row-per-post")]
    public async Task Every_acknowledged_post_becomes_one_row_at_concurrency_16()
    {
        var prefix = Platform.NewMarker("concurrent");
        var answers = await Platform.PostManyAsync([.. Enumerable.Range(0, 320).Select(index => $"{prefix} {index}")], clients: 16, Cancellation);

        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        Decide("persistence.row-per-post", ledger.Faults, ledger.Acked, ledger.Diagnosis);
    }

    [Fact]
    [Objective("persistence.milliseconds")]
    public async Task Times_are_kept_to_the_millisecond()
    {
        var buffs = (await Platform.ListAsync(Cancellation)).Buffs;
        await using var mysql = await Stack.MySqlAsync(Cancellation);
        var columns = (await mysql.QueryAsync<(string Name, long? Precision)>(
            "SELECT COLUMN_NAME, DATETIME_PRECISION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'buffs' AND COLUMN_NAME IN ('created_at', 'updated_at')")).ToList();

        var coarse = columns.Where(column => column.Precision is null or < 3).Select(column => $"column {column.Name} has precision {column.Precision}").ToList();
        var whole = buffs.Count(buff => DateTimeOffset.Parse(buff.CreatedAt, CultureInfo.InvariantCulture).Millisecond == 0);
        // One in a thousand falls on a whole second by chance; a tenth of them never does.
        if (whole > buffs.Count / 10)
            coarse.Add($"{whole} of {buffs.Count} listed times fall on a whole second");
        Decide("persistence.milliseconds", coarse.Count, columns.Count == 2 ? buffs.Count : 0, string.Join(" | ", coarse));
    }
}
