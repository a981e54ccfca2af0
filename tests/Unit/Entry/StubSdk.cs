using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Entry;

/// <summary>A checkout with the real <c>verify</c>, an SDK that only notes how it was asked to build, and a CLI that says so when it is
/// reached.</summary>
internal sealed class StubSdk : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder folder = new();

    public StubSdk()
    {
        File.SetUnixFileMode(folder.File("checkout/verify", File.ReadAllText(Path.Combine(Files.Root, "verify"))), Executable);
        folder.File("checkout/global.json", File.ReadAllText(Path.Combine(Files.Root, "global.json")));
        folder.File("sdk/sdk/10.0.999/here", "");
        // Notes its environment and arguments, and makes the CLI that a build makes.
        File.SetUnixFileMode(
            folder.File(
                "sdk/dotnet",
                $"""
                #!/bin/bash
                env >'{folder.Path}/environment'
                printf '%s\n' "$@" >'{folder.Path}/arguments'
                mkdir -p '{Program}' && cd '{Program}' && printf '#!/bin/bash\necho reached "$@"\necho "engine ${"{"}DOCKER_HOST:-{"}"}"\n' >Verification.Gate && chmod u+x Verification.Gate
                """
            ),
            Executable
        );
        Home = Directory.CreateDirectory(Path.Combine(folder.Path, "home")).FullName;
    }

    /// <summary>The root of the checkout.</summary>
    public string Checkout => Path.Combine(folder.Path, "checkout");

    /// <summary>The home of the user.</summary>
    public string Home { get; }

    /// <summary>What the build has seen of the environment; null where nothing was built.</summary>
    public IReadOnlyList<string>? BuildEnvironment => Lines("environment");

    /// <summary>How the build was called.</summary>
    public IReadOnlyList<string>? BuildArguments => Lines("arguments");

    private string Program => Path.Combine(Checkout, "src/Verification.Gate/bin/Debug/net10.0");

    /// <summary>Writes a file in the home of the user.</summary>
    public string HomeFile(string name, string text) => folder.File(Path.Combine("home", name), text);

    /// <summary>Writes a file of the checkout.</summary>
    public string CheckoutFile(string name, string text) => folder.File(Path.Combine("checkout", name), text);

    /// <summary>A folder with a program that says why it fails, for the front of a PATH.</summary>
    public string Failing(string program)
    {
        File.SetUnixFileMode(folder.File($"failing/{program}", $"#!/bin/bash\necho '{program}: of no use' >&2\nexit 1\n"), Executable);
        return Path.Combine(folder.Path, "failing");
    }

    /// <summary>Forgets how it was asked to build.</summary>
    public void ForgetBuild() => File.Delete(Path.Combine(folder.Path, "arguments"));

    /// <summary>Runs <c>./verify</c> with nothing in its environment but a PATH, the SDK, and what is given.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(
        IReadOnlyList<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        var run = await Wrapped("env")
            .WithArguments([
                "-i",
                $"PATH={Environment.GetEnvironmentVariable("PATH")}",
                $"HOME={Home}",
                $"DOTNET_ROOT={folder.Path}/sdk",
                .. environment.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Name}={each.Value}")),
                "bash",
                Path.Combine(Checkout, "verify"),
                .. arguments,
            ])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, run.StandardOutput, run.StandardError);
    }

    public void Dispose() => folder.Dispose();

    private static Command Wrapped(string program) => Cli.Wrap(program).WithValidation(CommandResultValidation.None);

    private IReadOnlyList<string>? Lines(string name) =>
        Path.Combine(folder.Path, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : null;
}
