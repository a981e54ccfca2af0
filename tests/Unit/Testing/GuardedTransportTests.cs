using Verification.Platform;
using Verification.Stack.Control;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Suites;

/// <summary>What reaches a platform that is not the run's own.</summary>
public sealed class GuardedTransportTests : IDisposable
{
    private static readonly string[] Changing = ["POST", "PUT", "PATCH", "DELETE"];
    private readonly TemporaryFolder folder = new();
    private readonly Noting noting = new();

    public void Dispose()
    {
        noting.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Who_only_reads_sends_what_changes_nothing(string method)
    {
        using var reading = new ReadingTransport(noting, "staging/sportbuff");

        Assert.Equal(200, (await SendAsync(reading, method)).Status);
        Assert.Equal([method], noting.Sent);
    }

    [Fact]
    public async Task Who_only_reads_sends_nothing_else()
    {
        using var reading = new ReadingTransport(noting, "staging/sportbuff");

        foreach (var method in Changing)
        {
            var refused = await Assert.ThrowsAsync<StackProtectedException>(() => SendAsync(reading, method));
            Assert.Equal(("staging/sportbuff", $"send {method} /buff"), (refused.Stack, refused.Refused));
        }

        Assert.Empty(noting.Sent);
    }

    [Fact]
    public async Task What_a_run_may_send_is_sent_and_no_more()
    {
        var budget = new PostBudget(Path.Combine(folder.Path, "posted"));
        using var bounded = new BoundedTransport(noting, budget, "staging/sportbuff");
        for (var sent = 0; sent < PostBudget.Most; sent++)
            await SendAsync(bounded, Changing[sent % Changing.Length]);

        var refused = await Assert.ThrowsAsync<StackProtectedException>(() => SendAsync(bounded, "POST"));
        await SendAsync(bounded, "GET");

        Assert.Equal($"post more than {PostBudget.Most} buffs in one run", refused.Refused);
        Assert.Equal(PostBudget.Most + 1, noting.Sent.Count);
    }

    [Fact]
    public void What_they_carry_by_ends_with_them()
    {
        new ReadingTransport(noting, "staging/sportbuff").Dispose();
        new BoundedTransport(noting, new PostBudget(Path.Combine(folder.Path, "posted")), "staging/sportbuff").Dispose();

        Assert.Equal(2, noting.Ended);
    }

    private static Task<HttpAnswer> SendAsync(IHttpTransport transport, string method) =>
        transport.SendAsync(new HttpQuestion(new HttpMethod(method), "/buff"), TestContext.Current.CancellationToken);

    private sealed class Noting : IHttpTransport
    {
        public List<string> Sent { get; } = [];

        public int Ended { get; private set; }

        public Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
        {
            Sent.Add(question.Method.Method);
            return Task.FromResult(new HttpAnswer(200, string.Empty, null, [], null));
        }

        public void Dispose() => Ended++;
    }
}
