using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace SportBuff.Dashboard.Validation;

/// <summary>Reads and checks the body of <c>POST /buff</c>: a question and its answers.</summary>
internal static class BuffRequest
{
    private const int MostBytes = 256 * 1024;
    private const int MostAnswers = 64;

    /// <summary>The message to publish, or why there is none.</summary>
    public static async Task<(byte[] Message, BuffProblem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "Content-Type: expected application/json.");
        if (request.ContentLength > MostBytes)
            return TooLarge();

        using var body = new MemoryStream();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (var part in read.Buffer)
                body.Write(part.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.Length > MostBytes)
                return TooLarge();
            if (read.IsCompleted)
                break;
        }

        return Check(body.ToArray());
    }

    private static (byte[] Message, BuffProblem? Problem) Check(byte[] body)
    {
        if (!Utf8.IsValid(body))
            return Refuse(StatusCodes.Status400BadRequest, "The body is not UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Refuse(StatusCodes.Status400BadRequest, "The body: expected an object with question and answers.");
            if (!root.TryGetProperty("question", out var question) || question.ValueKind != JsonValueKind.String || question.GetString()!.Length == 0)
                return Refuse(StatusCodes.Status400BadRequest, "question: expected a text that is not empty.");
            if (!root.TryGetProperty("answers", out var answers) || answers.ValueKind != JsonValueKind.Array || answers.GetArrayLength() is 0 or > MostAnswers)
                return Refuse(StatusCodes.Status400BadRequest, $"answers: expected a list of 1 to {MostAnswers} texts.");
            if (answers.EnumerateArray().Any(answer => answer.ValueKind != JsonValueKind.String))
                return Refuse(StatusCodes.Status400BadRequest, "answers: expected texts only.");
            return (Message(question, answers), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is JSON, but no Unicode.
            return Refuse(StatusCodes.Status400BadRequest, "The body: expected JSON.");
        }
    }

    /// <summary>Only what the contract names travels on.</summary>
    private static byte[] Message(JsonElement question, JsonElement answers)
    {
        var message = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(message))
        {
            writer.WriteStartObject();
            writer.WriteString("question", question.GetString());
            writer.WriteStartArray("answers");
            foreach (var answer in answers.EnumerateArray())
                writer.WriteStringValue(answer.GetString());
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return message.WrittenSpan.ToArray();
    }

    private static (byte[] Message, BuffProblem? Problem) TooLarge() => Refuse(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MostBytes / 1024} KiB.");

    private static (byte[] Message, BuffProblem? Problem) Refuse(int status, string detail) => ([], new BuffProblem(status, detail));
}

/// <summary>Why a request is refused.</summary>
internal sealed record BuffProblem(int Status, string Detail);
