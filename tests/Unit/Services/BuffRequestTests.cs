using System.Text;
using System.Text.Json;
using CsCheck;
using SportBuff.Dashboard.Validation;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BuffRequestTests
{
    private const string Good = """{"question":"who","answers":["me","you"]}""";
    private const int MostBytes = 256 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"answers": ["me", "you"], "question": "who"}""")]
    [InlineData("""{"question":"who","answers":["me","you"],"ID":7,"deleted":{"a":[1]}}""")]
    [InlineData("\r\n\t {\"question\":\"\\u0077ho\",\"answers\":[\"me\",\"you\"]} \n")]
    public async Task Of_a_good_request_exactly_question_and_answers_travel_on(string body)
    {
        var (message, problem) = await ReadAsync(body);

        Assert.Null(problem);
        Assert.Equal(Good, Encoding.UTF8.GetString(message));
    }

    [Fact]
    public async Task Any_text_travels_on_unchanged()
    {
        var text = Gen.OneOf(Gen.String["a\"\\/\0\r\n\u2028<>&'\u00e4\u4e2d"], Gen.Const("\U0001F600 \U0001F1E8\U0001F1ED"))
            .Where(each => each.Length > 0);
        await Gen.Select(text, text.Array[1, 5])
            .SampleAsync(
                async (question, answers) =>
                {
                    var (message, problem) = await ReadAsync(JsonSerializer.Serialize(new { question, answers }));

                    Assert.Null(problem);
                    using var read = JsonDocument.Parse(message);
                    Assert.Equal(question, read.RootElement.GetProperty("question").GetString());
                    Assert.Equal(answers, read.RootElement.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()));
                },
                iter: 200
            );
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    public async Task JSON_is_recognized_by_its_media_type(string contentType) => Assert.Null((await ReadAsync(Good, contentType)).Problem);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json-seq")]
    [InlineData("json")]
    public async Task Anything_but_JSON_is_an_unsupported_media_type(string? contentType) =>
        await RefusedAsync(415, "application/json", Encoding.UTF8.GetBytes(Good), contentType);

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("who", "JSON")]
    [InlineData(Good + "x", "JSON")]
    [InlineData("""{"question":"who","answers":["me",]}""", "JSON")]
    [InlineData("""{"question":"who","answers":["me"]/* comment */}""", "JSON")]
    [InlineData("""{"question":"\ud800","answers":["me"]}""", "JSON")]
    [InlineData("""{"question":"who","answers":["\udc00"]}""", "JSON")]
    [InlineData("null", "object")]
    [InlineData("[]", "object")]
    [InlineData("\"who\"", "object")]
    [InlineData("{}", "question")]
    [InlineData("""{"answers":["me"]}""", "question")]
    [InlineData("""{"Question":"who","answers":["me"]}""", "question")]
    [InlineData("""{"question":"","answers":["me"]}""", "question")]
    [InlineData("""{"question":null,"answers":["me"]}""", "question")]
    [InlineData("""{"question":7,"answers":["me"]}""", "question")]
    [InlineData("""{"question":["who"],"answers":["me"]}""", "question")]
    [InlineData("""{"question":"who"}""", "answers")]
    [InlineData("""{"question":"who","answers":null}""", "answers")]
    [InlineData("""{"question":"who","answers":"me"}""", "answers")]
    [InlineData("""{"question":"who","answers":{}}""", "answers")]
    [InlineData("""{"question":"who","answers":[]}""", "answers")]
    [InlineData("""{"question":"who","answers":["me",null]}""", "answers")]
    [InlineData("""{"question":"who","answers":[null]}""", "answers")]
    [InlineData("""{"question":"who","answers":["me",1]}""", "answers")]
    [InlineData("""{"question":"who","answers":[["me"]]}""", "answers")]
    public async Task A_body_that_is_no_buff_is_a_bad_request_that_names_what_is_wrong(string body, string named) =>
        await RefusedAsync(400, named, Encoding.UTF8.GetBytes(body));

    [Fact]
    public async Task A_body_that_is_no_UTF8_is_a_bad_request() =>
        await RefusedAsync(400, "UTF-8", [.. "{\"question\":\""u8, 0xff, 0xfe, .. "\",\"answers\":[\"me\"]}"u8]);

    [Fact]
    public async Task JSON_that_is_nested_without_end_is_a_bad_request() =>
        await RefusedAsync(400, "JSON", Encoding.UTF8.GetBytes(new string('[', 100_000)));

    [Fact]
    public async Task There_may_be_64_answers_and_no_more()
    {
        Assert.Null((await ReadAsync(WithAnswers(64))).Problem);
        await RefusedAsync(400, "answers", Encoding.UTF8.GetBytes(WithAnswers(65)));
    }

    [Fact]
    public async Task A_text_may_have_65536_characters_and_no_more()
    {
        var (longest, tooLong) = (new string('\u4e2d', 65536), new string('x', 65537));

        Assert.Null((await ReadAsync($$"""{"question":"{{longest}}","answers":["me"]}""")).Problem);
        Assert.Null((await ReadAsync($$"""{"question":"who","answers":["{{longest}}"]}""")).Problem);
        await RefusedAsync(
            400,
            "question: expected at most 65536",
            Encoding.UTF8.GetBytes($$"""{"question":"{{tooLong}}","answers":["me"]}""")
        );
        await RefusedAsync(
            400,
            "answers: expected at most 65536",
            Encoding.UTF8.GetBytes($$"""{"question":"who","answers":["me","{{tooLong}}"]}""")
        );
    }

    [Theory]
    [InlineData(400)]
    [InlineData(408)]
    public async Task A_body_that_breaks_its_framing_or_stalls_is_a_problem_of_the_request(int status)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new UnreadableStream(new BadHttpRequestException("The body broke off.", status));

        Assert.Equal(status, (await BuffRequest.ReadAsync(context.Request, Cancellation)).Problem?.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_may_have_256_KiB_and_no_more_whether_its_length_is_announced_or_not(bool announced)
    {
        Assert.Null((await ReadAsync(WithLength(MostBytes), announced: announced)).Problem);
        await RefusedAsync(413, "256 KiB", Encoding.UTF8.GetBytes(WithLength(MostBytes + 1)), announced: announced);
    }

    [Fact]
    public async Task A_body_that_is_announced_as_too_large_is_refused_unread()
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = MostBytes + 1;
        context.Request.Body = new UnreadableStream(new InvalidOperationException("The body was read."));

        Assert.Equal(413, (await BuffRequest.ReadAsync(context.Request, Cancellation)).Problem?.Status);
    }

    private static string WithAnswers(int count) =>
        $$"""{"question":"who","answers":[{{string.Join(',', Enumerable.Repeat("\"me\"", count))}}]}""";

    private static string WithLength(int bytes) => Good + new string(' ', bytes - Good.Length);

    private static Task<(byte[] Message, BuffProblem? Problem)> ReadAsync(
        string body,
        string? contentType = "application/json",
        bool announced = true
    ) => ReadAsync(Encoding.UTF8.GetBytes(body), contentType, announced);

    private static async Task<(byte[] Message, BuffProblem? Problem)> ReadAsync(byte[] body, string? contentType, bool announced)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.ContentLength = announced ? body.Length : null;
        context.Request.Body = new MemoryStream(body);
        return await BuffRequest.ReadAsync(context.Request, Cancellation);
    }

    private static async Task RefusedAsync(
        int status,
        string named,
        byte[] body,
        string? contentType = "application/json",
        bool announced = true
    )
    {
        var (message, problem) = await ReadAsync(body, contentType, announced);

        Assert.NotNull(problem);
        Assert.Equal(status, problem.Status);
        Assert.Contains(named, problem.Detail, StringComparison.Ordinal);
        Assert.Empty(message);
    }

    private sealed class UnreadableStream(Exception error) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw error;
    }
}
