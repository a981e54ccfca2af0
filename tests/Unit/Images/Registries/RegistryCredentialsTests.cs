using Verification.Stack.Images.Registries;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

[Collection(nameof(WholeProcess))]
public sealed class RegistryCredentialsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        folder.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1:5000", """{"auths": {"127.0.0.1:5000": {"auth": "dXNlcjpwOnc="}}}""", "user", "p:w")]
    [InlineData("127.0.0.1:5000", """{"auths": {"127.0.0.1:5000": {"username": "user", "password": "pw"}}}""", "user", "pw")]
    [InlineData("r.test", """{"auths": {"https://r.test/v2/": {"auth": "dXNlcjpwdw=="}}}""", "user", "pw")]
    [InlineData("r.test", """{"auths": {"r.test": {"auth": "dXNlcjpwdwAA"}}}""", "user", "pw")]
    [InlineData("docker.io", """{"auths": {"https://index.docker.io/v1/": {"auth": "dXNlcjpwdw=="}}}""", "user", "pw")]
    [InlineData("docker.io", """{"auths": {"docker.io": {"auth": "dXNlcjpwdw=="}}}""", "user", "pw")]
    public async Task What_docker_login_left_is_found(string host, string config, string user, string password)
    {
        var (login, problem) = await Of(config).OfAsync(host, TestContext.Current.CancellationToken);

        Assert.Null(problem);
        Assert.Equal((user, password), (login?.Username, login?.Password));
    }

    [Theory]
    [InlineData("""{"auths": {"other.test": {"auth": "dXNlcjpwdw=="}}}""")]
    [InlineData("""{"auths": {"r.test:5000": {"auth": "dXNlcjpwdw=="}}}""")]
    [InlineData("""{"auths": {"r.test": {}}}""")]
    [InlineData("""{"auths": {"r.test": null}, "HttpHeaders": {"a": "b"}}""")]
    [InlineData("{}")]
    public async Task A_registry_gets_no_credentials_of_another(string config) =>
        Assert.Equal((null, null), await Of(config).OfAsync("r.test", TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_identity_token_is_sent_as_one()
    {
        var (login, _) = await Of("""{"auths": {"r.test": {"auth": "dXNlcjo=", "identitytoken": "token"}}}""")
            .OfAsync("r.test", TestContext.Current.CancellationToken);

        Assert.Equal("token", login!.IdentityToken);
    }

    [Fact]
    public async Task A_registrys_own_program_is_asked_before_the_one_for_all_and_both_before_the_file()
    {
        Helper("one", """read key; echo "{\"ServerURL\": \"$key\", \"Username\": \"one\", \"Secret\": \"of $key\"}" """);
        Helper("all", """cat >/dev/null; echo '{"ServerURL": "x", "Username": "<token>", "Secret": "identity"}' """);
        var credentials = Of("""{"auths": {"r.test": {"auth": "dXNlcjpwdw=="}}, "credsStore": "all", "credHelpers": {"r.test": "one"}}""");

        var (own, _) = await credentials.OfAsync("r.test", TestContext.Current.CancellationToken);
        var (all, _) = await credentials.OfAsync("other.test", TestContext.Current.CancellationToken);

        Assert.Equal(("one", "of r.test"), (own!.Username, own.Password));
        Assert.Equal((null, "identity"), (all!.Username, all.IdentityToken));
    }

    [Theory]
    [InlineData("cat >/dev/null; echo 'credentials not found in native keychain'; exit 1", null)]
    [InlineData("cat >/dev/null; echo 'the keychain is locked'; exit 2", "docker-credential-one ended with 2: the keychain is locked")]
    [InlineData("cat >/dev/null; echo hunter2", "docker-credential-one answered something else than credentials")]
    [InlineData(null, "docker-credential-one is not on PATH")]
    public async Task A_program_that_gives_none_leaves_the_question_without_and_the_reason_said(string? script, string? problem)
    {
        if (script is not null)
            Helper("one", script);

        var (login, why) = await Of("""{"credsStore": "one"}""").OfAsync("r.test", TestContext.Current.CancellationToken);

        Assert.Null(login);
        Assert.Equal(problem is null ? null : $"asked without credentials: {problem}", why);
    }

    [Fact]
    public async Task A_program_that_waits_for_its_user_is_not_waited_for()
    {
        Helper("one", "exec sleep 60");
        var credentials = new RegistryCredentials(
            folder.File("config.json", """{"credsStore": "one"}"""),
            null,
            TimeSpan.FromMilliseconds(200)
        );

        Assert.Equal(
            (null, "asked without credentials: docker-credential-one gave no answer within 0.2 s"),
            await credentials.OfAsync("r.test", TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("""{"auths": {"r.test": {"auth": "hunter2"}}}""")]
    [InlineData("""{"auths": "hunter2"}""")]
    [InlineData("hunter2")]
    public async Task A_file_that_cannot_be_read_is_named_and_nothing_of_it_is_shown(string config)
    {
        var (login, problem) = await Of(config).OfAsync("r.test", TestContext.Current.CancellationToken);

        Assert.Null(login);
        Assert.StartsWith("asked without credentials: ", problem);
        Assert.DoesNotContain("hunter2", problem);
    }

    [Fact]
    public async Task What_a_variable_holds_is_asked_first()
    {
        var file = folder.File("config.json", """{"auths": {"r.test": {"auth": "dXNlcjpwdw=="}, "b.test": {"auth": "dXNlcjpwdw=="}}}""");
        var credentials = new RegistryCredentials(file, """{"auths": {"r.test": {"auth": "Y2k6am9i"}}}""", TimeSpan.FromSeconds(10));

        Assert.Equal("ci", (await credentials.OfAsync("r.test", TestContext.Current.CancellationToken)).Credentials!.Username);
        Assert.Equal("user", (await credentials.OfAsync("b.test", TestContext.Current.CancellationToken)).Credentials!.Username);
    }

    [Fact]
    public async Task Without_a_file_there_are_none() =>
        Assert.Equal(
            (null, null),
            await new RegistryCredentials(Path.Combine(folder.Path, "none.json"), null, TimeSpan.FromSeconds(10)).OfAsync(
                "r.test",
                TestContext.Current.CancellationToken
            )
        );

    private RegistryCredentials Of(string config) => new(folder.File("config.json", config), null, TimeSpan.FromSeconds(30));

    private void Helper(string name, string script)
    {
        var file = folder.File($"docker-credential-{name}", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{folder.Path}:{path}");
    }
}
