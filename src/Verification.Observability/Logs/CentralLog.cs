using System.Globalization;
using Verification.Stack;
using Verification.Stack.Components.Logging;
using Verification.Stack.NodeLogs;

namespace Verification.Observability;

/// <summary>Where the logs of a stack are searched, and the files of the node that they come from.</summary>
public sealed class CentralLog : IDisposable
{
    // As much as one argument of a command holds, of base64.
    private const int Piece = 60_000;
    private readonly AttachedStack stack;

    private CentralLog(AttachedStack stack)
    {
        this.stack = stack;
        var (host, port) = stack.Endpoint(LoggingRole.Elasticsearch).HostAndPort();
        Elasticsearch = new ElasticsearchApi(new UriBuilder("http", host, port).Uri);
    }

    /// <summary>Its Elasticsearch.</summary>
    public ElasticsearchApi Elasticsearch { get; }

    /// <summary>Why the logs of a stack are not gathered; null where they are.</summary>
    public static string? Missing(AttachedStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Instances(LoggingRole.Elasticsearch).Any() ? null
            : stack.Description.Cluster is not null
                ? $"no Elasticsearch was found beside the stack {stack.Description.Run} when it was described"
            : $"the logs of the stack {stack.Description.Run} are not gathered: start it with ./verify up --logging, or let the suite start one";
    }

    /// <summary>That of a stack.</summary>
    /// <exception cref="InvalidOperationException">Its logs are not gathered: <see cref="Missing"/> tells.</exception>
    public static CentralLog Of(AttachedStack stack) => new(stack);

    /// <summary>In how many lines of the node's files a text stands: what is not there, nobody could have read.</summary>
    /// <param name="text">The text, without characters that a shell or a pattern reads otherwise.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<int> OnNodeAsync(string text, CancellationToken cancellationToken)
    {
        var counted = await stack
            .Control.ExecAsync(Node, ["sh", "-c", $"cat {KubeletFile.Folder}/*.log | grep -c -F '{text}'"], cancellationToken)
            .ConfigureAwait(false);
        return int.Parse(counted.Output, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes to a file of the node as the kubelet does, whatever the bytes.</summary>
    /// <param name="instance">Whose file it is.</param>
    /// <param name="bytes">What is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task WriteAsync(string instance, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var file = KubeletFile.Of(instance, new string('0', 64));
        for (var rest = bytes; !rest.IsEmpty; rest = rest[Math.Min(Piece, rest.Length)..])
        {
            var piece = Convert.ToBase64String(rest.Span[..Math.Min(Piece, rest.Length)]);
            var written = await stack
                .Control.ExecAsync(Node, ["sh", "-c", $"echo {piece} | base64 -d >>{file}"], cancellationToken)
                .ConfigureAwait(false);
            if (written.ExitCode != 0)
                throw new IOException($"{file} of {Node.Name} could not be written: {written.Error}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => Elasticsearch.Dispose();

    private StackInstance Node => stack.Instance(LoggingRole.NodeLogs);
}
