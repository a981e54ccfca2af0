using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Stack.Images.Debian;
using Verification.Stack.Leftovers;

namespace Verification.Cluster.Programs;

/// <summary>A program of this machine: from the folder that <c>VERIFY_TOOLS</c> names, or from PATH.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it lies.</param>
public sealed record Tool(string Name, string Path)
{
    /// <summary>What comes before the arguments of each run.</summary>
    internal IReadOnlyList<string> Before { get; private init; } = [];

    /// <summary>Finds a program.</summary>
    /// <exception cref="ToolMissingException">It is in none of its places.</exception>
    public static Tool Find(string name) =>
        ProgramPlaces.Of(name) is [var first, ..]
            ? new Tool(name, first)
            : throw new ToolMissingException(
                $"the program {name} is in no folder of {ProgramPlaces.Looked()}: let ./verify tools get it, or name a folder that has it in {ProgramPlaces.Variable}"
            );

    /// <summary>Finds a program, or gets the package of Debian that holds it, without installing anything.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="package">The package.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">It is in none of its places, and the package can't be had.</exception>
    public static async Task<Tool> FindOrGetAsync(string name, string package, CancellationToken cancellationToken)
    {
        if (ProgramPlaces.Of(name) is [var first, ..])
            return new Tool(name, first);
        try
        {
            var debian = await DebianPrograms.GetAsync([package], [], _ => { }, cancellationToken).ConfigureAwait(false);
            var (path, before) = debian.Of(name);
            return new Tool(name, path) { Before = before };
        }
        catch (Exception e) when (e is PlatformNotSupportedException or InvalidOperationException or HttpRequestException or IOException)
        {
            throw new ToolMissingException(
                $"the program {name} is in no folder of {ProgramPlaces.Looked()}, and Debian's package {package} can't be had: {e.Message}"
            );
        }
    }

    /// <summary>Runs it to its end, in a session of its own that goes with the run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="arguments">Its arguments; no secrets, they are everybody's to see.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="cancellationToken">Kills it, with all it has started.</param>
    public Task<ToolResult> RunAsync(
        RunFolder folder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string directory,
        CancellationToken cancellationToken
    ) => RunAsync(folder, arguments, environment, directory, string.Empty, cancellationToken);

    /// <summary>The same with something to read.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="arguments">Its arguments; no secrets, they are everybody's to see.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="input">What it reads, less than a pipe holds (64 KiB).</param>
    /// <param name="cancellationToken">Kills it, with all it has started.</param>
    public async Task<ToolResult> RunAsync(
        RunFolder folder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string directory,
        string input,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(environment);
        var start = OwnSession.Of(Path, [.. Before, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = directory;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new IOException($"{Path} did not start.");
        RunProcesses.Note(folder, process);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ToolResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error);
