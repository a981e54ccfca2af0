using System.Net;
using System.Net.Sockets;
using System.Text;
using Verification.Load;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Load;

/// <summary>A real connection to a server that answers as it likes.</summary>
public sealed class SocketTransportTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly HttpQuestion List = new(HttpMethod.Get, "/buffs");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", 200, "whole")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:  5 \r\n\r\nwhole", 200, "whole")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n", 503, "")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwho\r\n2;x=y\r\nle\r\n0\r\n\r\n", 200, "whole")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: 1\r\n\r\n", 200, "a")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, "")]
    public async Task An_answer_is_read_whole_however_it_is_cut_and_the_connection_carries_the_next(string answer, int status, string body)
    {
        // Whole, and byte by byte.
        foreach (var size in new[] { int.MaxValue, 1 })
        {
            await using var server = new Answering(_ => Pieces(answer, size));
            using var transport = new SocketTransport(server.Address, Deadline);

            for (var asked = 0; asked < 3; asked++)
            {
                var seen = await transport.SendAsync(List, Cancellation);
                Assert.Equal((status, body, null), (seen.Status, seen.Body, seen.Error));
            }

            Assert.Equal(1, server.Connections);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nwhole")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nwhole")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nwhole")]
    public async Task An_answer_that_ends_its_connection_is_read_whole_and_the_next_request_has_another(string answer)
    {
        await using var server = new Answering(_ => Pieces(answer, 7)) { ClosesAfterEach = true };
        using var transport = new SocketTransport(server.Address, Deadline);

        for (var asked = 0; asked < 3; asked++)
        {
            var seen = await transport.SendAsync(List, Cancellation);
            Assert.Equal((200, "whole", null), (seen.Status, seen.Body, seen.Error));
        }

        Assert.Equal(3, server.Connections);
    }

    [Theory]
    [InlineData("", "closed before")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nwhole", "closed before")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n", "closed before")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "closed before")]
    [InlineData("HTTP/2 200\r\n\r\n", "HTTP/1.1")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nno name\r\n\r\n", "without a name")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "expected one number")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nwhole!", "expected one number")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "at most")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "only chunked")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nwhole\r\n", "hexadecimal")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", "hexadecimal")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "at most")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwhole\r\n0\r\n\r\n", "does not end where")]
    public async Task What_is_no_whole_answer_is_told_and_is_no_exception(string answer, string problem)
    {
        await using var server = new Answering(_ => Pieces(answer, int.MaxValue)) { ClosesAfterEach = true };
        using var transport = new SocketTransport(server.Address, Deadline);

        var seen = await transport.SendAsync(List, Cancellation);

        Assert.Equal(0, seen.Status);
        Assert.Contains(problem, Assert.IsType<HttpRequestException>(seen.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_of_the_header_is_told()
    {
        await using var server = new Answering(_ => Pieces("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n", 9));
        using var transport = new SocketTransport(server.Address, Deadline);

        var seen = await transport.SendAsync(List, Cancellation);

        Assert.Equal(["Content-Type: text/plain", "Content-Length: 0"], seen.Headers);
        Assert.Equal("text/plain", seen.ContentType);
    }

    [Fact]
    public async Task A_head_without_an_end_is_given_up()
    {
        await using var server = new Answering(_ =>
            [
                .. Enumerable.Repeat(
                    new byte[8192]
                        .Select(_ => (byte)'a')
                        .ToArray(),
                    16
                ),
            ]
        );
        using var transport = new SocketTransport(server.Address, Deadline);

        var seen = await transport.SendAsync(List, Cancellation);

        Assert.Contains("longer than 65536 B", seen.Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_a_hundred_thousand_bytes_comes_whole_with_characters_that_lie_in_two_pieces(bool isChunked)
    {
        var body = string.Concat(Enumerable.Repeat("Ünïcödé—", 7_000));
        var bytes = Encoding.UTF8.GetBytes(body);
        var answer = isChunked
            ?
            [
                .. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8,
                .. bytes
                    .Chunk(999)
                    .SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]),
                .. "0\r\n\r\n"u8,
            ]
            : (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes];
        await using var server = new Answering(_ => [.. answer.Chunk(1447)]);
        using var transport = new SocketTransport(server.Address, Deadline);

        for (var asked = 0; asked < 3; asked++)
            Assert.Equal(body, (await transport.SendAsync(List, Cancellation)).Body);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_request_goes_over_the_wire_as_its_question_says()
    {
        await using var server = new Answering(_ => Pieces("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", int.MaxValue));
        using var transport = new SocketTransport(server.Address, Deadline);
        var post = new HttpQuestion(HttpMethod.Post, "/buff")
        {
            Body = "{}"u8.ToArray(),
            ContentType = "application/json",
            Headers = [new("traceparent", "00-1")],
        };

        await transport.SendAsync(post, Cancellation);
        await transport.SendAsync(post with { Chunked = true }, Cancellation);

        Assert.Equal(
            [
                $"POST /buff HTTP/1.1\r\nHost: {server.Address.Authority}\r\ntraceparent: 00-1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
                $"POST /buff HTTP/1.1\r\nHost: {server.Address.Authority}\r\ntraceparent: 00-1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
            ],
            server.Requests
        );
    }

    [Fact]
    public async Task What_is_not_answered_in_time_has_timed_out_and_the_next_request_has_a_connection_of_its_own()
    {
        await using var server = new Answering(number =>
            number == 1 ? Pieces("HTTP/1.1 200 OK\r\nContent-", 99) : Pieces("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 99)
        );
        using var transport = new SocketTransport(server.Address, TimeSpan.FromMilliseconds(200));

        var late = await transport.SendAsync(List, Cancellation);

        Assert.Equal("no answer within 0.2 s", Assert.IsType<TaskCanceledException>(late.Error).Message);
        Assert.Equal("ok", (await transport.SendAsync(List, Cancellation)).Body);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_ends_with_that()
    {
        await using var server = new Answering(_ => []);
        using var transport = new SocketTransport(server.Address, Deadline);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asked = transport.SendAsync(List, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_an_answer_without_a_status()
    {
        var server = new Answering(_ => []);
        await server.DisposeAsync();
        using var transport = new SocketTransport(server.Address, Deadline);

        Assert.IsType<HttpRequestException>((await transport.SendAsync(List, Cancellation)).Error);
    }

    [Fact]
    public async Task Many_requests_at_once_each_have_their_own_answer()
    {
        await using var server = new Answering(number => Pieces("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 5));
        using var transport = new SocketTransport(server.Address, Deadline);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    var bodies = new List<string>();
                    for (var asked = 0; asked < 20; asked++)
                        bodies.Add((await transport.SendAsync(List, Cancellation)).Body);
                    return bodies;
                })
        );

        Assert.All(answers.SelectMany(bodies => bodies), body => Assert.Equal("ok", body));
    }

    [Fact]
    public void Another_scheme_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SocketTransport(new Uri("https://localhost/"), Deadline));

    private static IReadOnlyList<byte[]> Pieces(string answer, int size) => [.. Encoding.UTF8.GetBytes(answer).Chunk(size)];

    /// <summary>Answers each request with pieces, each sent by itself.</summary>
    private sealed class Answering : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Func<int, IReadOnlyList<byte[]>> answer;
        private readonly Task serving;
        private int connected;
        private readonly List<string> requests = [];
        private int asked;

        /// <param name="answer">The pieces of the answer to a request, by its number from 1.</param>
        public Answering(Func<int, IReadOnlyList<byte[]>> answer)
        {
            this.answer = answer;
            listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
            serving = AcceptAsync();
        }

        public Uri Address { get; }

        public bool ClosesAfterEach { get; init; }

        public int Connections => connected;

        public IReadOnlyList<string> Requests => requests;

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(Cancellation);
                socket.NoDelay = true;
                connected++;
                _ = ServeAsync(socket);
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using var closing = socket;
            var received = new byte[4096];
            var request = "";
            while (await socket.ReceiveAsync(received, Cancellation) is > 0 and var count)
            {
                request += Encoding.UTF8.GetString(received, 0, count);
                if (!IsWhole(request))
                    continue;
                lock (requests)
                    requests.Add(request);
                request = "";
                foreach (var piece in answer(Interlocked.Increment(ref asked)))
                    await socket.SendAsync(piece, Cancellation);
                if (ClosesAfterEach)
                    return;
            }
        }

        private static bool IsWhole(string request) =>
            request.Contains("Content-Length: 2", StringComparison.Ordinal) ? request.EndsWith("{}", StringComparison.Ordinal)
            : request.Contains("chunked", StringComparison.Ordinal) ? request.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : request.EndsWith("\r\n\r\n", StringComparison.Ordinal);
    }
}
