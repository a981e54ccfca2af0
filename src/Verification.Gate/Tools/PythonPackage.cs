using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using Verification.Objectives;

namespace Verification.Gate.Tools;

/// <summary>A program that is a package of PyPI: pip installs it into an environment of its own, and checks what comes against its
/// index.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Package">Name of the package, with its extras.</param>
/// <param name="Version">Its version.</param>
internal sealed record PythonPackage(string Name, string Package, string Version)
{
    private const string Python = "python3";

    /// <summary>Puts it into its place, unless it is there.</summary>
    /// <exception cref="ToolException">It can't be had; nothing of it is left.</exception>
    public async Task<PlacedTool> PutAsync(ToolFolder folder, CancellationToken cancellationToken)
    {
        var place = folder.PlaceOf(Name);
        var environment = Path.Combine(folder.Workshop, $"{Name}-{Version}");
        var program = Path.Combine(environment, "bin", Name);
        if (File.Exists(place))
        {
            if (
                File.ResolveLinkTarget(place, returnFinalTarget: false) is not { } target
                || !target.FullName.StartsWith(folder.Workshop, StringComparison.Ordinal)
            )
                return new PlacedTool("lies there, and not from here: left as it is", null);
            if (target.FullName == program)
                return new PlacedTool("is there", null);
        }

        var whole = false;
        try
        {
            // What a call that was killed has left is no environment.
            await RunAsync(Python, ["-m", "venv", "--clear", environment], cancellationToken).ConfigureAwait(false);
            await RunAsync(
                    Path.Combine(environment, "bin", "pip"),
                    ["install", "--quiet", "--disable-pip-version-check", $"{Package}=={Version}"],
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (!File.Exists(program))
                throw new ToolException(
                    $"the package {Package} {Version} has no program {Name}: correct its entry in config/versions.yaml"
                );
            var link = Path.Combine(folder.Workshop, $"{Name}.new");
            File.Delete(link);
            File.CreateSymbolicLink(link, program);
            File.Move(link, place, overwrite: true);
            whole = true;
        }
        finally
        {
            if (!whole && Directory.Exists(environment))
                Directory.Delete(environment, recursive: true);
        }

        return new PlacedTool($"the package {Package}, by pip", null);
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            if (!answer.IsSuccess)
                throw new ToolException(
                    $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {answer.ExitCode}: {Quotation.Of(LastLine($"{answer.StandardOutput}\n{answer.StandardError}"))}"
                );
        }
        catch (Win32Exception)
        {
            throw new ToolException(
                $"{Name} is a program of Python, and there is no {Path.GetFileName(program)} on PATH: install it (packages python3 and python3-venv)"
            );
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "it said nothing";
}
