using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Verification.Stack.Components.Brokers;
using Verification.Stomp;

namespace Verification.Stack.Components.Artemis;

/// <summary>Artemis's management by messages
/// (https://activemq.apache.org/components/artemis/documentation/latest/management.html), over STOMP.
/// The answers come to the queue that <c>config/artemis/broker.xml</c> declares for them.</summary>
public sealed class ArtemisManagement : IBrokerManagement, IArtemisResources
{
    /// <summary>The broker as a resource of management.</summary>
    public const string Broker = "broker";

    private const string Questions = "activemq.management";
    private const string Answers = "management.answers";
    private const string Succeeded = "_AMQ_OperationSucceeded";
    private const string True = "true";
    private readonly ManagementDialog dialog;

    private ArtemisManagement(ManagementDialog dialog) => this.dialog = dialog;

    /// <summary>Connects.</summary>
    /// <exception cref="StompException">The broker can't be reached, or refuses.</exception>
    public static async Task<ArtemisManagement> OpenAsync(StompOptions options, CancellationToken cancellationToken) =>
        new(await ManagementDialog.OpenAsync(options, Answers, [], cancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        (await AttributeAsync(Broker, "version", cancellationToken).ConfigureAwait(false)).GetString() ?? string.Empty;

    /// <inheritdoc />
    public async Task<QueueFigures> QueueAsync(string queue, CancellationToken cancellationToken) =>
        new(
            (await AttributeAsync($"queue.{queue}", "messageCount", cancellationToken).ConfigureAwait(false)).GetInt64(),
            (await AttributeAsync($"queue.{queue}", "consumerCount", cancellationToken).ConfigureAwait(false)).GetInt64(),
            (await AttributeAsync($"queue.{queue}", "deliveringCount", cancellationToken).ConfigureAwait(false)).GetInt64()
        );

    /// <summary>An attribute of a resource.</summary>
    /// <exception cref="ManagementRefusedException">There is no such resource or attribute.</exception>
    public async Task<JsonElement> AttributeAsync(string resource, string attribute, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(resource, new("_AMQ_Attribute", attribute), default, cancellationToken).ConfigureAwait(false);
        return ResultOf(answer.Headers[Succeeded], answer.Body.Span, attribute, resource);
    }

    /// <summary>The result of an operation that answers with JSON.</summary>
    /// <exception cref="ManagementRefusedException">There is no such resource or operation, or it failed.</exception>
    public async Task<JsonElement> OperationAsync(
        string resource,
        string operation,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var answer = await InvokeAsync(resource, operation, arguments, cancellationToken).ConfigureAwait(false);
        var result = ResultOf(answer.Headers[Succeeded], answer.Body.Span, operation, resource);
        return JsonElement.Parse(result.GetString() ?? "null");
    }

    /// <summary>Has an operation done, whatever it gives back.</summary>
    /// <exception cref="ManagementRefusedException">There is no such resource or operation, or it failed.</exception>
    public async Task DoAsync(string resource, string operation, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var answer = await InvokeAsync(resource, operation, arguments, cancellationToken).ConfigureAwait(false);
        // What gives nothing back is answered with nothing, which is no JSON.
        if (answer.Headers[Succeeded] != True)
            throw Refusal(FirstOf(answer.Body.Span), operation, resource);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dialog.DisposeAsync();

    private Task<StompMessage> InvokeAsync(
        string resource,
        string operation,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) => AskAsync(resource, new("_AMQ_OperationName", operation), Encode(JsonSerializer.Serialize(arguments)), cancellationToken);

    private Task<StompMessage> AskAsync(
        string resource,
        KeyValuePair<string, string> what,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    ) => dialog.AskAsync(Questions, [new("_AMQ_ResourceName", resource), what], body, cancellationToken);

    /// <summary>What an answer holds: a JSON array with the result, or with the reason of a refusal.</summary>
    /// <exception cref="ManagementRefusedException">It is a refusal.</exception>
    internal static JsonElement ResultOf(string? succeeded, ReadOnlySpan<byte> body, string what, string resource)
    {
        var first = FirstOf(body);
        return succeeded == True ? first : throw Refusal(first, what, resource);
    }

    private static JsonElement FirstOf(ReadOnlySpan<byte> body)
    {
        var result = JsonElement.Parse(body);
        return result.GetArrayLength() > 0 ? result[0] : default;
    }

    private static ManagementRefusedException Refusal(JsonElement reason, string what, string resource) =>
        new($"Artemis's management has no answer to {what} of {resource}: {reason}");

    /// <summary>A string as Artemis lays it into a message: a mark that it is not null, its length in bytes, UTF-16.</summary>
    internal static byte[] Encode(string text)
    {
        var characters = Encoding.Unicode.GetBytes(text);
        var body = new byte[5 + characters.Length];
        body[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), characters.Length);
        characters.CopyTo(body, 5);
        return body;
    }
}
