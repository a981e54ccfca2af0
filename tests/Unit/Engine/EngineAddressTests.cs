using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Verification.Stack.Engine;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Engine;

public sealed class EngineAddressTests
{
    private const string Schemes = "unix:///PATH, tcp://HOST:PORT, http://HOST:PORT and https://HOST:PORT are taken";

    [Theory]
    [InlineData("unix:///run/x.sock", "unix:///run/x.sock")]
    [InlineData("tcp://127.0.0.1", "tcp://127.0.0.1:2375/")]
    [InlineData("tcp://build.invalid:1234", "tcp://build.invalid:1234/")]
    [InlineData("tcp://[::1]:2375", "tcp://[::1]:2375/")]
    [InlineData("http://127.0.0.1:2375", "http://127.0.0.1:2375/")]
    [InlineData("https://build.invalid", "https://build.invalid/")]
    public void DOCKER_HOST_names_the_engine(string host, string address) =>
        Assert.Equal(new Uri(address), Assert.Single(Surroundings(("DOCKER_HOST", host)).Candidates()).Address);

    [Theory]
    [InlineData("ssh://ci@build.invalid", "run the suite there")]
    [InlineData("/var/run/docker.sock", "write unix:///var/run/docker.sock")]
    [InlineData("var/run/docker.sock", "this is no address")]
    [InlineData("unix://var/run/docker.sock", "a socket is named by its full path")]
    [InlineData("unix://", "a socket is named by its full path")]
    [InlineData("localhost:2375", "localhost is no scheme that is taken")]
    [InlineData("127.0.0.1:2375", "this is no address")]
    [InlineData("tcp://", "this")]
    [InlineData("npipe:////./pipe/docker_engine", "named pipes are of Windows")]
    [InlineData("fd://", "fd is no scheme that is taken")]
    [InlineData("tcp://127.0.0.1:99999", "this is no address")]
    public void What_is_no_address_is_refused_with_what_is_taken(string host, string problem)
    {
        var refusal = Assert.Throws<EngineMissingException>(() => Surroundings(("DOCKER_HOST", host)).Candidates());

        Assert.Contains($"DOCKER_HOST names {host}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Schemes, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://ci:hunter2@build.invalid")]
    [InlineData("tcp://ci:hunter2@127.0.0.1:1")]
    public void A_password_in_an_address_is_shown_to_nobody(string host) =>
        Assert.DoesNotContain(
            "hunter2",
            Assert.Throws<EngineMissingException>(() => EngineEndpoint.Find(Surroundings(("DOCKER_HOST", host)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_engine_that_asks_for_certificates_is_not_asked_without() =>
        Assert.Contains(
            "DOCKER_TLS_VERIFY",
            Assert
                .Throws<EngineMissingException>(() =>
                    Surroundings(("DOCKER_HOST", "tcp://127.0.0.1:2376"), ("DOCKER_TLS_VERIFY", "1")).Candidates()
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_a_name_the_usual_sockets_are_tried() =>
        Assert.Equal(
            ["unix:///var/run/docker.sock", "unix:///run/user/7/docker.sock", "unix:///home/x/.docker/run/docker.sock"],
            new EngineSurroundings(name => name == "XDG_RUNTIME_DIR" ? "/run/user/7" : null, "/home/x")
                .Candidates()
                .Select(candidate => candidate.Address.OriginalString)
        );

    [Fact]
    public void The_current_context_of_docker_is_followed()
    {
        using var home = new TemporaryFolder();
        home.File(".docker/config.json", """{"auths": {}, "currentContext": "colima"}""");
        Context(
            home,
            ".docker",
            "colima",
            """{"Name":"colima","Metadata":{},"Endpoints":{"docker":{"Host":"unix:///run/colima.sock","SkipTLSVerify":false}}}"""
        );

        var candidate = Assert.Single(new EngineSurroundings(_ => null, home.Path).Candidates());

        Assert.Equal("unix:///run/colima.sock", candidate.Address.OriginalString);
        Assert.Equal($"unix:///run/colima.sock (docker context colima, by {home.Path}/.docker/config.json)", candidate.ToString());
    }

    [Fact]
    public void DOCKER_CONTEXT_comes_before_the_current_context_and_DOCKER_HOST_before_both()
    {
        using var home = new TemporaryFolder();
        home.File("elsewhere/config.json", """{"currentContext": "colima"}""");
        Context(home, "elsewhere", "build", """{"Endpoints":{"docker":{"Host":"tcp://127.0.0.1:2375"}}}""");
        string Folder(string name) => name == "DOCKER_CONFIG" ? Path.Combine(home.Path, "elsewhere") : "";

        Assert.Equal(
            "tcp",
            Assert
                .Single(new EngineSurroundings(name => name == "DOCKER_CONTEXT" ? "build" : Folder(name), "/none").Candidates())
                .Address.Scheme
        );
        Assert.Equal(
            "http",
            Assert
                .Single(
                    new EngineSurroundings(
                        name =>
                            name switch
                            {
                                "DOCKER_HOST" => "http://127.0.0.1:1",
                                "DOCKER_CONTEXT" => "build",
                                _ => Folder(name),
                            },
                        "/none"
                    ).Candidates()
                )
                .Address.Scheme
        );
    }

    [Theory]
    [InlineData("default")]
    [InlineData(null)]
    public void The_default_context_means_the_usual_sockets(string? current)
    {
        using var home = new TemporaryFolder();
        home.File(".docker/config.json", current is null ? "{}" : $$"""{"currentContext": "{{current}}"}""");

        Assert.Equal("unix:///var/run/docker.sock", new EngineSurroundings(_ => null, home.Path).Candidates()[0].Address.OriginalString);
    }

    [Theory]
    [InlineData(null, "there is no such context")]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "names no host of an engine")]
    [InlineData("""{"Endpoints":{"docker":{}}}""", "names no host of an engine")]
    [InlineData("""{"Endpoints":{"docker":{"Host":"ssh://ci@build.invalid"}}}""", "run the suite there")]
    public void A_context_that_cannot_be_followed_says_why(string? meta, string problem)
    {
        using var home = new TemporaryFolder();
        if (meta is not null)
            Context(home, ".docker", "build", meta);

        var refusal = Assert.Throws<EngineMissingException>(() =>
            new EngineSurroundings(name => name == "DOCKER_CONTEXT" ? "build" : null, home.Path).Candidates()
        );

        Assert.Contains("docker context build, by DOCKER_CONTEXT", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_with_certificates_of_its_own_is_refused()
    {
        using var home = new TemporaryFolder();
        Context(home, ".docker", "build", """{"Endpoints":{"docker":{"Host":"tcp://127.0.0.1:2376"}}}""");
        home.File($".docker/contexts/tls/{Id("build")}/docker/ca.pem", "");

        Assert.Contains(
            "has certificates of its own",
            Assert
                .Throws<EngineMissingException>(() =>
                    new EngineSurroundings(name => name == "DOCKER_CONTEXT" ? "build" : null, home.Path).Candidates()
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Docker_s_own_configuration_that_cannot_be_read_is_named()
    {
        using var home = new TemporaryFolder();
        home.File(".docker/config.json", "{,");

        Assert.Contains(
            ".docker/config.json cannot be read",
            Assert.Throws<EngineMissingException>(() => new EngineSurroundings(_ => null, home.Path).Candidates()).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n{\"Version\":\"28.1\",\"ApiVersion\":\"1.41\"}", null)]
    [InlineData(
        "HTTP/1.0 200 OK\r\n\r\n{\"Version\":\"28.1\",\"ApiVersion\":\"new\"}",
        "what answers is no Docker engine: HTTP/1.0 200 OK"
    )]
    [InlineData(
        "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"page not found\"}",
        "what answers is no Docker engine: HTTP/1.0 404 Not Found"
    )]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n[1]", "what answers is no Docker engine")]
    [InlineData("SSH-2.0-OpenSSH\u001b[2J", "what answers is no Docker engine: SSH-2.0-OpenSSH [2J")]
    [InlineData("", "what answers is no Docker engine")]
    public async Task Whatever_answers_is_an_engine_or_is_named(string answer, string? problem)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, answer);
        var surroundings = Surroundings(("DOCKER_HOST", $"tcp://{listener.LocalEndpoint}"));

        var found = await Record.ExceptionAsync(() => Task.Run(() => EngineEndpoint.Find(surroundings)));
        await answering;

        Assert.Equal(problem is null, found is null);
        if (problem is not null)
            Assert.Contains($"(DOCKER_HOST): {problem}", Assert.IsType<EngineMissingException>(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_does_not_answer_is_named_with_what_names_it()
    {
        using var folder = new TemporaryFolder();

        var refusal = Assert.Throws<EngineMissingException>(() =>
            EngineEndpoint.Find(Surroundings(("DOCKER_HOST", $"unix://{folder.Path}/x.sock")))
        );

        Assert.Contains("(DOCKER_HOST): there is no such socket", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Start it, or change what names it: DOCKER_HOST.", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var asked = new byte[1024];
        _ = await stream.ReadAsync(asked, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), TestContext.Current.CancellationToken);
    }

    private static void Context(TemporaryFolder home, string folder, string name, string meta) =>
        home.File($"{folder}/contexts/meta/{Id(name)}/meta.json", meta);

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private static EngineSurroundings Surroundings(params (string Name, string Value)[] variables) =>
        new(name => Array.Find(variables, variable => variable.Name == name).Value, "/none");
}
