using System.CommandLine;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Readiness;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class EndingTests
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;

    private const string NoRange =
        """{"message":"could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network"}""";

    public static TheoryData<string, Exception, int, string> Failures =>
        new()
        {
            { "wrong use", new UsageException("there is no such thing. Name another."), 2, "there is no such thing. Name another." },
            {
                "a file of the project",
                new DocumentException("gates.yaml", 3, 1, "unknown key 'x'."),
                2,
                "gates.yaml:3:1: unknown key 'x'."
            },
            { "a text of no form", new FormatException("'x' names no image of a component."), 2, "'x' names no image of a component." },
            { "no engine", new EngineMissingException(["unix:///var/run/docker.sock: no such file"]), 4, "No Docker engine answers." },
            { "no image", new ImageException("mysql", ["a registry: no answer"], "Set VERIFY_REGISTRY."), 4, "No image for mysql." },
            {
                "an image that was named and is nowhere",
                new ImageException("the previous server", ["engine: it has no x:1"], "Check what --previous names.")
                {
                    IsNameAtFault = true,
                },
                2,
                "No image for the previous server."
            },
            {
                "no network range",
                new DockerApiException(HttpStatusCode.InternalServerError, NoRange),
                4,
                "The Docker engine refused (500): could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network. No range of addresses is left"
            },
            {
                "no network range, wrapped",
                new AggregateException(new DockerApiException(HttpStatusCode.InternalServerError, NoRange)),
                4,
                "docker network prune"
            },
            {
                "no room for an image",
                new DockerApiException(HttpStatusCode.InternalServerError, """{"message":"write /x: no space left on device"}"""),
                4,
                "Make room where the engine keeps its data"
            },
            {
                "a taken port",
                new DockerApiException(
                    HttpStatusCode.InternalServerError,
                    """{"message":"Bind for 127.0.0.1:8080 failed: port is already allocated"}"""
                ),
                4,
                "take another one"
            },
            {
                "a refusal by others",
                new DockerApiException(HttpStatusCode.Forbidden, "<html>\u001b[2Jno"),
                4,
                "The Docker engine refused (403): <html> [2Jno."
            },
            {
                "a component that lacks a port",
                new StartException(
                    "dashboard",
                    InstanceRole.Dashboard,
                    "Awaited: it answers.",
                    "",
                    new DockerApiException(HttpStatusCode.InternalServerError, """{"message":"driver failed: port is already allocated"}""")
                ),
                4,
                "The Docker engine refused (500)"
            },
            {
                "a component that does not start",
                new StartException("mysql", InstanceRole.Mysql, "Awaited: it answers.", "a\u001b[1m line", new TimeoutException("late")),
                1,
                "mysql did not start."
            },
            {
                "an initializer",
                new TypeInitializationException("X", new EngineMissingException(["DOCKER_HOST=ssh://x"])),
                4,
                "DOCKER_HOST=ssh://x"
            },
            {
                "an initializer with a fault",
                new TypeInitializationException("X", new InvalidOperationException("Sequence contains no elements")),
                3,
                "The program is at fault (InvalidOperationException): Sequence contains no elements."
            },
            {
                "a folder of another user",
                new UnauthorizedAccessException("Access to the path '/r/runs' is denied."),
                4,
                "Access to the path '/r/runs' is denied. Give this user the right to it"
            },
            {
                "a full disk",
                new IOException("No space left on device : '/r/runs/x'", NoSpace),
                4,
                "No space left on device : '/r/runs/x'. Make room there"
            },
            {
                "a read-only disk",
                new IOException("Read-only file system : '/r/runs'", ReadOnly),
                4,
                "Read-only file system : '/r/runs'. Use a writable checkout"
            },
            {
                "a folder that has gone",
                new DirectoryNotFoundException("Could not find a part of the path '/r/runs/x'."),
                4,
                "Could not find a part of the path '/r/runs/x'."
            },
            {
                "no answer",
                new HttpRequestException("Connection failed.", new SocketException((int)SocketError.ConnectionRefused)),
                4,
                "Connection failed: Connection refused"
            },
            { "a socket", new SocketException((int)SocketError.HostNotFound), 4, "does not answer" },
            {
                "a late answer",
                new TimeoutException("The operation has timed out."),
                4,
                "The operation has timed out. An answer was awaited in vain"
            },
            { "a missing program", new Win32Exception(2, "An error occurred trying to start process 'git'"), 4, "start process 'git'" },
            {
                "what is no JSON",
                new JsonException("'<' is an invalid start of a value."),
                3,
                "is not the JSON that was expected: '<' is an invalid start of a value."
            },
            { "an end without a signal", new TaskCanceledException("A task was canceled."), 3, "by no signal" },
            {
                "a fault of ours",
                new InvalidOperationException("Sequence contains no elements"),
                3,
                "The program is at fault (InvalidOperationException)"
            },
            {
                "another fault of ours",
                new KeyNotFoundException("The given key 'x' was not present in the dictionary."),
                3,
                "The given key 'x' was not present"
            },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_ends_in_a_sentence_and_a_documented_exit_code(string what, Exception failure, int code, string sentence)
    {
        var (ended, said) = await RunAsync(_ => throw failure);

        Assert.True(code == ended, $"{what} ended with {ended}: {said}");
        Assert.StartsWith("verify: ", said, StringComparison.Ordinal);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    [Fact]
    public async Task A_fault_of_the_program_keeps_its_details_in_a_file()
    {
        var (_, said) = await RunAsync(_ => throw new KeyNotFoundException("key"));

        var file = said[said.IndexOf('/', StringComparison.Ordinal)..said.IndexOf(": please report", StringComparison.Ordinal)];
        var details = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.Contains("./verify broken", details, StringComparison.Ordinal);
        Assert.Contains("at Verification.Tests.Unit.Gate.EndingTests", details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_that_nobody_waits_for_ends_the_program_in_a_sentence_too()
    {
        using var errors = new StringWriter();

        Assert.Equal(
            4,
            new CommandLine(TextWriter.Null, errors, TimeProvider.System).Abandon(
                new IOException("No space left on device : '/x'", NoSpace)
            )
        );

        Assert.StartsWith("verify: No space left on device", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIGHUP", 129)]
    [InlineData("SIGINT", 130)]
    [InlineData("SIGTERM", 143)]
    public async Task What_a_signal_ends_has_the_exit_code_of_the_signal(string signal, int code)
    {
        var (ended, said) = await RunAsync(context =>
        {
            context.Interruption.Take(signal, _ => { }, _ => { });
            return Task.FromCanceled<int>(context.Ended);
        });

        Assert.Equal(code, ended);
        Assert.Equal($"verify: ended by {signal}.", said.Trim());
    }

    [Fact]
    public async Task What_a_signal_breaks_has_its_exit_code_too()
    {
        var (ended, said) = await RunAsync(context =>
        {
            context.Interruption.Take("SIGINT", _ => { }, _ => { });
            throw new IOException("Broken pipe");
        });

        Assert.Equal(130, ended);
        Assert.Contains("ended by SIGINT; on the way: Broken pipe.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIGINT", "SIGINT", 130)]
    [InlineData("SIGTERM", "SIGINT", 143)]
    [InlineData("SIGHUP", "SIGTERM", 129)]
    [InlineData("SIGHUP", "SIGHUP", null)]
    [InlineData("SIGTERM", "SIGHUP", null)]
    public void A_second_wish_ends_at_once_and_a_terminal_that_closes_is_none(string first, string second, int? code)
    {
        using var interruption = Interruption.Listen(_ => { });
        int? exit = null;
        interruption.Take(first, _ => { }, ended => exit = ended);

        interruption.Take(second, _ => { }, ended => exit = ended);

        Assert.Equal(code, exit);
    }

    private static async Task<(int Code, string Said)> RunAsync(Func<CommandContext, Task<int>> body)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new CommandLine(
            output,
            errors,
            TimeProvider.System,
            invoke =>
            {
                var command = new Command("broken", "Fails.");
                command.SetAction((_, _) => invoke(body));
                return command;
            }
        ).RunAsync(["broken"]);
        return (code, errors.ToString());
    }
}
