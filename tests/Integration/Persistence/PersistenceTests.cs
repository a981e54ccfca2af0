using System.Globalization;
using Dapper;
using MySqlConnector;

namespace Verification.Tests.Integration.Persistence;

public sealed class PersistenceTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Exact = "exact";

    private static readonly string[] Hours =
    [
        "2026-01-31 00:00:00.001",
        "2026-02-28 11:59:59.999",
        "2026-03-29 12:00:00.010",
        "2026-10-25 13:30:00.100",
        "2026-12-31 23:59:59.999",
    ];

    private static readonly string[] Texts =
    [
        "plain",
        "🎉🏆⚽",
        "👩‍👩‍👧‍👦",
        "𝕊𝕡𝕠𝕣𝕥",
        "漢字かな交じり",
        "e\u0301 is not \u00e9",
        "مرحبا بالعالم",
        "\u202Eright to left\u202C",
        "zero\u200Bwidth",
        "tab\there",
        "line\nbreak",
        "carriage\r\nreturn",
        "quote \" and '",
        "back\\slash",
        "</script><b>",
        "'; DROP TABLE buffs; --",
        "%s {0} $(x) `y`",
        "null",
        "",
        " spaces  around ",
        "\u00a0\u2003",
        "ß ẞ İ ı",
        "🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "\ufeffbom",
        "‘typographic’ “quotes” «guillemets» `grave`",
        "'' \"\" \\' \\\"",
        "Z\u0351\u036b\u0343a\u0321\u034alg\u0322o\u0301",
        "\u202ameÀ\u202c עברית \u200f‏ 12 (3)",
        "\ud83d\udc4d\ud83c\udfff ❤️‍🔥",
        "\u0001\u001f\u007f\u2028\u2029",
        // 64 KiB in all, with the marker before it.
        new string('x', (64 * 1024) - Marker.Length(Exact) - 1),
        string.Concat(Enumerable.Repeat("語", 20_000)),
    ];

    [Fact]
    [Objective("persistence.exact")]
    public async Task Text_comes_back_as_it_was_posted()
    {
        // Each text as it is, in UTF-8, and with an escape for each character beyond ASCII.
        var posted = Texts.SelectMany(text => (BuffToPost[])[BuffOf(text, escaped: false), BuffOf(text, escaped: true)]).ToList();
        foreach (var buff in posted)
            await Platform.PostAsync(buff, Cancellation);
        await Platform.FenceAsync(Cancellation);

        var list = (await Platform.ListAfreshAsync(Cancellation)).Buffs;
        var listed = list.ToLookup(buff => buff.Question, StringComparer.Ordinal);
        var stored = await Platform.Table.RowsAsync(Exact, Cancellation);

        var changed = posted
            .Where(buff =>
                !stored.ContainsKey(buff.Question)
                || !listed[buff.Question].Any(found => found.Answers.SequenceEqual(buff.Answers, StringComparer.Ordinal))
            )
            .ToList();
        var suspects =
            changed.Count > 0
                ? await WhoChangesAsync(() => Platform.PostAsync(changed[0], Cancellation), changed[0].Question, changed[0].Answers)
                : [];
        Decide(
            Measurement.OfDeviations(
                "persistence.exact",
                changed.ConvertAll(buff => Told(buff, stored.Keys, list)),
                posted.Count,
                "changed on the way or missing: "
            ) with
            {
                Suspects = suspects,
            }
        );
    }

    [Fact]
    [Objective("persistence.duplicates")]
    public async Task The_same_text_posted_twice_is_two_buffs()
    {
        // Also at once: nothing may take one for a repetition of the other.
        var marker = Marker.New("same");
        var answers = new List<PostAnswer>
        {
            await Platform.PostAsync(marker, Cancellation),
            await Platform.PostAsync(marker, Cancellation),
        };
        answers.AddRange(await Platform.PostManyAsync([marker, marker, marker, marker], clients: 4, Cancellation));
        await Platform.FenceAsync(Cancellation);

        var acked = answers.Count(answer => answer.Outcome == Outcome.Ok);
        var rows = (await Platform.Table.RowsAsync(marker, Cancellation)).GetValueOrDefault(marker);
        var listed = (await Platform.ListAfreshAsync(Cancellation)).Buffs.Count(buff => buff.Question == marker);

        var faults = Math.Abs(acked - rows) + Math.Abs(acked - listed);
        Decide(
            new Measurement(
                "persistence.duplicates",
                faults,
                acked,
                faults == 0 ? null : $"the same text was acknowledged {acked} times, stored {rows} times, listed {listed} times"
            )
        );
    }

    [Fact]
    [Objective("persistence.row-per-post")]
    public async Task Every_acknowledged_post_becomes_one_row_at_concurrency_16()
    {
        var prefix = Marker.New("concurrent");
        await Platform.PostManyAsync(Marker.Of(prefix, 320), clients: 16, Cancellation);

        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("persistence.row-per-post", account));
    }

    [Fact]
    [Objective("persistence.milliseconds")]
    public async Task Times_are_kept_to_the_millisecond()
    {
        await Platform.PostManyAsync(Marker.Of(Marker.New("times"), 20), clients: 1, Cancellation);
        await Platform.FenceAsync(Cancellation);
        var buffs = (await Platform.ListAfreshAsync(Cancellation)).Buffs;
        await using var mysql = await Stack.MySqlAsync(Cancellation);
        var columns = (
            await mysql.QueryAsync<(string Name, long? Precision)>(
                "SELECT COLUMN_NAME, DATETIME_PRECISION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'buffs' AND COLUMN_NAME IN ('created_at', 'updated_at')"
            )
        ).ToList();

        var coarse = columns
            .Where(column => column.Precision is null or < 3)
            .Select(column => $"column {column.Name} has precision {column.Precision}")
            .ToList();
        var whole = buffs.Count(buff => DateTimeOffset.Parse(buff.CreatedAt, CultureInfo.InvariantCulture).Millisecond == 0);
        // One in a thousand falls on a whole second by chance; a tenth of them never does.
        if (whole > buffs.Count / 10)
            coarse.Add($"{whole} of {buffs.Count} listed times fall on a whole second");
        if (Stack.Description.Destructive)
            coarse.AddRange(await OtherHoursAsync(mysql, [.. buffs.TakeLast(Hours.Length)]));
        Decide(Measurement.OfDeviations("persistence.milliseconds", coarse, columns.Count == 2 ? buffs.Count : 0));
    }

    /// <summary>Which hour it is when the suite runs decides nothing: rows of others are listed as they stand in the table.</summary>
    private async Task<IReadOnlyList<string>> OtherHoursAsync(MySqlConnection mysql, IReadOnlyList<ListedBuff> buffs)
    {
        foreach (var (buff, kept) in buffs.Zip(Hours))
            await mysql.ExecuteAsync(
                "UPDATE buffs SET created_at = @kept, updated_at = @changed WHERE id = @id",
                new
                {
                    kept,
                    changed = Later(kept),
                    id = buff.Id,
                }
            );
        var listed = (await Platform.ListAfreshAsync(Cancellation)).Buffs.ToDictionary(buff => buff.Id);
        return
        [
            .. buffs
                .Zip(Hours)
                .SelectMany(pair =>
                    ((string Stored, string Listed)[])
                        [(pair.Second, listed[pair.First.Id].CreatedAt), (Later(pair.Second), listed[pair.First.Id].UpdatedAt)]
                )
                .Where(pair =>
                    DateTimeOffset.Parse(pair.Listed, CultureInfo.InvariantCulture)
                    != DateTimeOffset.Parse(pair.Stored + "Z", CultureInfo.InvariantCulture)
                )
                .Select(pair => $"{pair.Stored} in the table is listed as {pair.Listed}"),
        ];
    }

    /// <summary>A row that somebody has changed 61 minutes after it was made.</summary>
    private static string Later(string time) =>
        DateTime.Parse(time, CultureInfo.InvariantCulture).AddMinutes(61).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>What was sent, and what became of it in the table and in the list: whatever has happened to the text behind its marker,
    /// that is known by it.</summary>
    private static string Told(BuffToPost sent, IEnumerable<string> stored, IEnumerable<ListedBuff> listed)
    {
        var marker = sent.Question[..Marker.Length(Exact)];
        var row = stored.FirstOrDefault(question => question.StartsWith(marker, StringComparison.Ordinal));
        var found = listed.FirstOrDefault(buff => buff.Question?.StartsWith(marker, StringComparison.Ordinal) == true);
        List<string> seen =
        [
            row is null ? "no row"
            : Visible.Difference(sent.Question, row) is { } difference ? $"stored {difference}"
            : "stored as it was sent",
        ];
        if (found is null)
            seen.Add("not listed");
        else
            seen.AddRange(Changes.Of(sent.Question, sent.Answers, found).Select(change => $"listed: {change}"));
        return $"{Visible.Of(sent.Question[(marker.Length + 1)..])} in {(sent.Escaped ? "escapes" : "raw UTF-8")}: {string.Join(", ", seen)}";
    }

    private static BuffToPost BuffOf(string text, bool escaped)
    {
        var answer = text[..Math.Min(text.Length, 1000)];
        return new BuffToPost($"{Marker.New(Exact)} {text}") { Answers = [$"a{answer}", $"{answer}z"], Escaped = escaped };
    }
}
