using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SportBuff.Server.Storage;
using Verification.Stomp;

namespace SportBuff.Server.Consuming;

/// <summary>What a message of the queue holds.</summary>
internal static class BuffMessage
{
    /// <summary>Most bytes of a body: far more than the Dashboard sends, and less than MySQL takes in one packet.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>The buff of a message, or why it holds none.</summary>
    public static QueuedBuff? Read(StompMessage message, out string cause)
    {
        cause = string.Empty;
        if (message.Body.Length > MostBytes)
        {
            cause = $"no buff: {message.Body.Length} bytes, expected at most {MostBytes}";
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(message.Body.Span, ServerJson.Default.Buff) is { } buff && !buff.Answers.Contains(null))
                return new QueuedBuff(buff, Key(message));
            cause = "no buff: expected JSON with a question and answers, all of them texts";
        }
        catch (JsonException e)
        {
            cause = $"no buff: expected JSON with a question and answers ({e.Message})";
        }

        return null;
    }

    /// <summary>The same for each delivery of a message, another for each message. What a publisher has named by <c>buff-id</c> keeps that
    /// name. For the rest
    /// the broker's id alone would not do: Artemis counts per store, and a rebuilt broker begins anew. So its time and what it says belong
    /// to the key.</summary>
    public static string Key(StompMessage message) =>
        message.Headers["buff-id"] is { Length: > 0 } id
            ? id
            : $"{StoredId(message)} {message.Headers["timestamp"]} {Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))}";

    /// <summary>When the broker took the message; null where it does not say.</summary>
    public static DateTimeOffset? Published(StompMessage message) =>
        long.TryParse(message.Headers["timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds > 0
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>The id under which the broker keeps a message. Artemis puts that of the consumer before it, so that each delivery shows
    /// another: <c>18,17</c>, <c>33,17</c>.</summary>
    private static string StoredId(StompMessage message) => message.Id[(message.Id.LastIndexOf(',') + 1)..];
}
