using Verification.Objectives;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

/// <summary>What an answer is in a few words, as a wait in vain tells it.</summary>
public sealed class AnswerTests
{
    private const string One = """[{"ID":1,"CreatedAt":"","UpdatedAt":"","question":"who","answers":["me"]}]""";
    private static readonly HttpAnswer None = HttpAnswer.None(new IOException("refused"));

    [Fact]
    public void Of_a_POST_status_and_body_are_told_with_controls_made_visible()
    {
        Assert.Equal("200", $"{Post(Http(200, string.Empty))}");
        Assert.Equal("503 'broker{U+0009}away{U+0020}'", $"{Post(Http(503, "broker\taway "))}");
        Assert.EndsWith("' and 40 characters more", $"{Post(Http(500, new string('x', 100)))}", StringComparison.Ordinal);
        Assert.Equal("no answer (refused)", $"{Post(None)}");
    }

    [Fact]
    public void Of_a_list_the_number_of_its_buffs_is_told_and_of_what_is_none_its_body()
    {
        Assert.Equal("200 with 1 buffs", $"{new ListAnswer(Http(200, One))}");
        Assert.Equal("200 with 4 characters: 'null'", $"{new ListAnswer(Http(200, "null"))}");
        Assert.Equal("401 with 12 characters: 'who are you?'", $"{new ListAnswer(Http(401, "who are you?"))}");
        Assert.Equal("no answer (refused)", $"{new ListAnswer(None)}");
    }

    private static PostAnswer Post(HttpAnswer http) => new("marker", Outcome.Info, http);

    private static HttpAnswer Http(int status, string body) => new(status, body, null, [], null);
}
