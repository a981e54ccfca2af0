using Verification.Cluster.Control;
using Verification.Stack.Control;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>A context is found as kubectl finds it, and whatever is wrong with it is told in a sentence. It changes what all of the process
/// shares.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ClusterAccessTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_file_that_has_the_context_is_meant()
    {
        var (first, second) = (Kubeconfig("first", "local"), Kubeconfig("second", "staging"));
        using var variable = new SetVariable("KUBECONFIG", string.Join(Path.PathSeparator, folder.In("missing"), first, second));

        Assert.Equal((second, "staging"), (ClusterAccess.AddressOf("staging").Kubeconfig, ClusterAccess.AddressOf("staging").Context));
    }

    [Fact]
    public void A_context_that_is_not_there_is_told_with_those_that_are()
    {
        var file = Kubeconfig("config", "staging");
        using var variable = new SetVariable("KUBECONFIG", file);

        Assert.Equal(
            $"{file} has no context stagin; it has staging. Did you mean staging?",
            Assert.Throws<StackNotFoundException>(() => ClusterAccess.AddressOf("stagin")).Message
        );
    }

    [Fact]
    public void Where_no_file_is_there_it_is_told_which()
    {
        using var variable = new SetVariable("KUBECONFIG", folder.In("missing"));

        Assert.Equal(
            $"there is no kubeconfig: {folder.In("missing")} is not there. Set KUBECONFIG to the file that kubectl uses.",
            Assert.Throws<StackNotFoundException>(() => ClusterAccess.AddressOf("staging")).Message
        );
    }

    [Fact]
    public void A_file_that_is_none_is_told()
    {
        var file = folder.Holding("config", "contexts: [a: b: c");
        using var variable = new SetVariable("KUBECONFIG", file);

        Assert.StartsWith(
            $"{file} can't be used: ",
            Assert.Throws<StackNotFoundException>(() => ClusterAccess.AddressOf("staging")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_API_server_that_does_not_answer_is_told_with_its_address()
    {
        using var variable = new SetVariable("KUBECONFIG", Kubeconfig("config", "staging"));
        using var access = ClusterAccess.Open(ClusterAccess.AddressOf("staging"));

        var thrown = await Assert.ThrowsAsync<StackUnreachableException>(() =>
            access.RequireRightsAsync("sportbuff", TestContext.Current.CancellationToken)
        );

        Assert.StartsWith(
            "the API server of context staging, http://127.0.0.1:1/, does not answer: ",
            thrown.Message,
            StringComparison.Ordinal
        );
    }

    private string Kubeconfig(string name, string context) =>
        folder.Holding(
            name,
            $"""
            apiVersion: v1
            kind: Config
            current-context: {context}
            clusters:
            - name: there
              cluster:
                server: http://127.0.0.1:1
            users:
            - name: somebody
              user:
                token: secret
            contexts:
            - name: {context}
              context:
                cluster: there
                user: somebody
            """
        );
}
