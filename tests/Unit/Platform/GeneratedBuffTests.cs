using System.Text;
using System.Text.Json;
using CsCheck;
using Verification.Objectives;
using Verification.Platform;
using Verification.Platform.Generating;
using Xunit;

namespace Verification.Tests.Unit.Platform;

public sealed class GeneratedBuffTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void However_a_buff_is_written_it_is_read_as_itself() =>
        BuffGen.Any.Sample(drawn =>
        {
            var buff = drawn with { Marker = "marker-of-it" };
            using var read = JsonDocument.Parse(buff.Body());

            Assert.Equal(buff.Question, read.RootElement.GetProperty("question").GetString());
            Assert.Equal(buff.Answers, read.RootElement.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()));
            Assert.InRange(buff.Answers.Count, 1, 64);
            Assert.True(buff.Body().Length <= BuffGen.MostBytes);
        });

    [Fact]
    public void The_largest_fill_a_body_and_no_more() =>
        Assert.All(
            BuffGen.Largest,
            buff => Assert.InRange((buff with { Marker = new string('m', 40) }).Body().Length, BuffGen.MostBytes - 600, BuffGen.MostBytes)
        );

    [Fact]
    public void A_seed_gives_the_same_cases_again_and_another_gives_others()
    {
        static string Drawn(int seed) =>
            string.Join('\n', new GeneratedCases(seed).Draw(BuffGen.Any, 20).Select(buff => Convert.ToHexString(buff.Body())));

        Assert.Equal(Drawn(7), Drawn(7));
        Assert.NotEqual(Drawn(7), Drawn(8));
    }

    [Fact]
    public void The_cases_have_every_shape_that_is_named()
    {
        var drawn = new GeneratedCases(1).Draw(BuffGen.Any, 656);
        bool Any(Func<GeneratedBuff, bool> has) => drawn.Any(has);

        Assert.True(Any(buff => buff.Before is [' ' or '\t' or '\n', ..]));
        Assert.True(Any(buff => buff.After is [.., ' ' or '\t' or '\n' or '\u00a0' or '\u3000']));
        Assert.True(Any(buff => buff.Question.EnumerateRunes().Any(rune => rune.Plane > 2)));
        Assert.True(Any(buff => buff.Question.Contains("e\u0301", StringComparison.Ordinal)));
        Assert.True(Any(buff => buff.Question.Any(character => character is >= '\ue000' and <= '\uf8ff')));
        Assert.True(Any(buff => buff.Question.Contains('\0', StringComparison.Ordinal)));
        Assert.True(Any(buff => buff.Answers.Contains(string.Empty)));
        Assert.True(Any(buff => buff.Answers.Count != buff.Answers.Distinct().Count()));
        Assert.True(Any(buff => !buff.Answers.SequenceEqual(buff.Answers.Order(StringComparer.Ordinal))));
        Assert.True(Any(buff => buff.Answers.Count > 40));
        Assert.True(Any(buff => buff.Body().Length > 32 * 1024));
        Assert.True(Any(buff => buff.Spelling.Further.Count > 0));
        Assert.True(Any(buff => buff.Spelling.EscapedNames));
        Assert.True(Any(buff => Encoding.UTF8.GetString(buff.Body()).Contains("\\/", StringComparison.Ordinal)));
        Assert.True(Any(buff => buff.Chunked));
        Assert.True(drawn.Count(buff => buff.Headers.Any(header => header.Key == "traceparent")) > 2);
        Assert.True(drawn.Select(buff => buff.ContentType).Distinct().Count() >= 6);
    }

    [Theory]
    [InlineData(false, false, """{"question":"m/\u000a\u0022\u0001","answers":["a"]}""")]
    [InlineData(true, false, """{"question":"m\/\n\"\u0001","answers":["a"]}""")]
    [InlineData(false, true, """{"\u0071uestion":"m/\u000a\u0022\u0001","\u0061nswers":["a"]}""")]
    public void Escapes_are_written_short_where_that_is_asked_for_and_in_names(bool brief, bool names, string body)
    {
        var buff = new GeneratedBuff("m")
        {
            After = "/\n\"\u0001",
            Answers = ["a"],
            Spelling = new BodySpelling { ShortEscapes = brief, EscapedNames = names },
        };

        Assert.Equal(body, Encoding.UTF8.GetString(buff.Body()));
    }

    [Fact]
    public void What_is_simpler_is_lighter_and_keeps_its_marker() =>
        BuffGen.Any.Sample(drawn =>
        {
            var buff = drawn with { Marker = "marker-of-it" };

            Assert.All(
                SimplerBuffs.Of(buff),
                simpler =>
                {
                    Assert.True(SimplerBuffs.Weight(simpler) < SimplerBuffs.Weight(buff));
                    Assert.Equal(buff.Marker, simpler.Marker);
                    Assert.NotEmpty(simpler.Answers);
                }
            );
        });

    [Fact]
    public void The_plainest_buff_has_nothing_simpler() =>
        Assert.Empty(SimplerBuffs.Of(new GeneratedBuff("marker-of-it") { Answers = [string.Empty] }));

    [Theory]
    [InlineData("as it was sent", "  marker-of-it", "me|you", "2026-11-26T12:00:00.5Z", null)]
    [InlineData(
        "trimmed",
        "marker-of-it",
        "me|you",
        "2026-11-26T12:00:00.5Z",
        "question from character 0 on: 'marker-of-it' instead of '{U+0020} marker-of-it' (12 characters, 14 were sent)"
    )]
    [InlineData("an answer less", "  marker-of-it", "me", "2026-11-26T12:00:00.5Z", "1 answers instead of 2")]
    [InlineData(
        "answers sorted",
        "  marker-of-it",
        "you|me",
        "2026-11-26T12:00:00.5Z",
        "answer 1 from character 0 on: 'you' instead of 'me' (3 characters, 2 were sent)|answer 2 from character 0 on: 'me' instead of 'you' (2 characters, 3 were sent)"
    )]
    [InlineData(
        "another time zone",
        "  marker-of-it",
        "me|you",
        "2026-11-26T13:00:00.5Z",
        "CreatedAt 2026-11-26T13:00:00.5Z, although it was posted after 12:00:00.000 and listed before 12:00:01.000"
    )]
    [InlineData(
        "in capitals",
        "  MARKER-OF-IT",
        "me|you",
        "2026-11-26T12:00:00.5Z",
        "question from character 2 on: 'MARKER-OF-IT' instead of 'marker-of-it' (14 characters, 14 were sent)"
    )]
    public void A_listing_that_is_not_what_was_posted_is_told(string how, string question, string answers, string time, string? told)
    {
        Assert.NotEmpty(how);
        var posted = Posted(new GeneratedBuff("marker-of-it") { Before = "  " });
        var deviations = posted.Deviations(
            [new ListedBuff(1, time, "2026-11-26T12:00:00.5Z", question, answers.Split('|'))],
            Noon.AddSeconds(1)
        );

        Assert.Equal(told, deviations.Count == 0 ? null : string.Join('|', deviations));
    }

    [Fact]
    public void A_buff_that_was_refused_or_is_not_listed_or_twice_is_told()
    {
        var buff = new GeneratedBuff("marker-of-it");
        var listed = new ListedBuff(1, "2026-11-26T12:00:00Z", "2026-11-26T12:00:00Z", "marker-of-it", ["me", "you"]);

        Assert.Equal(["refused: 415"], Posted(buff, 415).Deviations([listed], Noon).Select(told => told[..12]));
        Assert.Equal(["not listed"], Posted(buff).Deviations([], Noon));
        Assert.Equal(["listed 2 times"], Posted(buff).Deviations([listed, listed], Noon));
    }

    [Fact]
    public void An_ID_that_was_taken_from_the_body_is_told()
    {
        var buff = new GeneratedBuff("marker-of-it") { Spelling = new BodySpelling { Further = [new("ID", "7")] } };
        ListedBuff Listed(long id) => new(id, "2026-11-26T12:00:00Z", "2026-11-26T12:00:00Z", "marker-of-it", ["me", "you"]);

        Assert.Empty(Posted(buff).Deviations([Listed(8)], Noon));
        Assert.Equal(["ID 7, as the body had it: it is the table that gives one"], Posted(buff).Deviations([Listed(7)], Noon));
    }

    [Theory]
    [InlineData("a b", "'a b'")]
    [InlineData(" a\t", "'{U+0020}a{U+0009}'")]
    [InlineData("e\u0301", "'e{U+0301}'")]
    [InlineData("é🎉", "'é{U+00E9}🎉{U+1F389}'")]
    [InlineData("", "''")]
    public void What_is_not_seen_in_a_text_is_shown(string text, string shown) => Assert.Equal(shown, Visible.Of(text));

    private static PostedCase Posted(GeneratedBuff buff, int status = 200) =>
        new(buff, new PostAnswer(buff.Question, Outcome.Ok, new HttpAnswer(status, string.Empty, null, [], null)), Noon);
}
