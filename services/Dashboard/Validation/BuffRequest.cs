using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace SportBuff.Dashboard.Validation;

/// <summary>Reads and checks the body of <c>POST /buff</c>: a question and its answers.</summary>
internal static class BuffRequest
{
    private const int MostBytes = 256 * 1024;
    private const int MostAnswers = 64;
    private const int MostCharacters = 64 * 1024;

    /// <summary>The message to publish, or why there is none.</summary>
    public static async Task<(byte[] Message, BuffProblem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        )
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "Content-Type: expected application/json.");
        if (request.ContentLength > MostBytes)
            return TooLarge();

        try
        {
            return await ReadBodyAsync(request.BodyReader, cancellationToken) is { } body ? Check(body) : TooLarge();
        }
        catch (BadHttpRequestException e)
        {
            // A body that stalls (408) or breaks its own framing (400).
            return Refuse(e.StatusCode, e.Message);
        }
    }

    /// <summary>The body; null where it is larger than is taken.</summary>
    private static async Task<byte[]?> ReadBodyAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            foreach (var part in read.Buffer)
                body.Write(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (body.Length > MostBytes)
                return null;
            if (read.IsCompleted)
                return body.ToArray();
        }
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
            if (
                !root.TryGetProperty("question", out var question)
                || question.ValueKind != JsonValueKind.String
                || question.GetString()!.Length == 0
            )
                return Refuse(StatusCodes.Status400BadRequest, "question: expected a text that is not empty.");
            if (
                !root.TryGetProperty("answers", out var answers)
                || answers.ValueKind != JsonValueKind.Array
                || answers.GetArrayLength() is 0 or > MostAnswers
            )
                return Refuse(StatusCodes.Status400BadRequest, $"answers: expected a list of 1 to {MostAnswers} texts.");
            if (answers.EnumerateArray().Any(answer => answer.ValueKind != JsonValueKind.String))
                return Refuse(StatusCodes.Status400BadRequest, "answers: expected texts only.");
            if (question.GetString()!.Length > MostCharacters)
                return Refuse(StatusCodes.Status400BadRequest, $"question: expected at most {MostCharacters} characters.");
            if (answers.EnumerateArray().Any(answer => answer.GetString()!.Length > MostCharacters))
                return Refuse(StatusCodes.Status400BadRequest, $"answers: expected at most {MostCharacters} characters each.");
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

    private static (byte[] Message, BuffProblem? Problem) TooLarge() =>
        Refuse(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MostBytes / 1024} KiB.");

    private static (byte[] Message, BuffProblem? Problem) Refuse(int status, string detail) => ([], new BuffProblem(status, detail));
}

/// <summary>Why a request is refused.</summary>
internal sealed record BuffProblem(int Status, string Detail);
