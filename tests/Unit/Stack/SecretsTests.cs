using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class SecretsTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_made_for_a_run_is_read_back_by_the_references_of_its_description()
    {
        var (clear, where) = Secrets.Generate(
            new RunFolder(folder.Path),
            [Credential.Generated("grafana-password"), Credential.Fixed("grafana-user", "admin")]
        );

        var read = Secrets.Read(where, folder.Path);

        Assert.Equal(["broker-authority", "grafana-password", "grafana-user"], where.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("admin", read["grafana-user"]);
        Assert.Equal(24, read["grafana-password"].Length);
        Assert.All(where.Keys, name => Assert.Equal(clear[name], read[name]));
    }

    [Fact]
    public void Only_their_owner_can_read_them()
    {
        _ = Secrets.Generate(new RunFolder(folder.Path), [Credential.Generated("grafana-password")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.In("secrets")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.In("secrets/grafana-password")));
    }

    [Fact]
    public void Two_stacks_have_different_passwords()
    {
        using var other = new OwnFolder();
        var wanted = new[] { Credential.Generated("redis-password") };

        Assert.NotEqual(
            Secrets.Generate(new RunFolder(folder.Path), wanted).Clear["redis-password"],
            Secrets.Generate(new RunFolder(other.Path), wanted).Clear["redis-password"]
        );
    }

    [Theory]
    [InlineData("env:NO_SUCH_VARIABLE", "the environment variable NO_SUCH_VARIABLE is not set")]
    [InlineData("file:secrets/gone", "is not there. The secrets of a stack go with it; start a new one.")]
    [InlineData("vault:mysql", "expected env:NAME or file:PATH")]
    public void A_reference_that_leads_nowhere_is_told_with_what_to_do(string reference, string message)
    {
        var thrown = Assert.Throws<DocumentException>(() =>
            Secrets.Read(new Dictionary<string, string> { ["x"] = reference }, folder.Path)
        );

        Assert.StartsWith($"{folder.In("stack.json")}: credential '{reference}': ", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_the_stack_has_not_is_told_with_those_it_has_and_with_no_value()
    {
        File.WriteAllText(folder.In("p"), "topsecret\n");
        var secrets = Secrets.Read(new Dictionary<string, string> { ["redis-password"] = "file:p" }, folder.Path);

        var thrown = Assert.Throws<DocumentException>(() => secrets["mysql-password"]);

        Assert.EndsWith(
            "stack.json: 'credentials' has no 'mysql-password'; it has redis-password.",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("topsecret", secrets["redis-password"]);
        Assert.Equal("redis-password", secrets.ToString());
    }
}
