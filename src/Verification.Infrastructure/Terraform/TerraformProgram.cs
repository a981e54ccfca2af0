using Verification.Infrastructure.Processes;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Infrastructure.Terraform;

/// <summary>Terraform as this machine has it, working for one run.</summary>
/// <param name="path">Path of the program.</param>
/// <param name="run">The run, as its stage has it: what Terraform says lies among its logs.</param>
/// <param name="environment">The variables to change for it; null takes one away.</param>
public sealed class TerraformProgram(string path, RunFolder run, IReadOnlyDictionary<string, string?> environment)
{
    private const string Name = "terraform";
    private static int number;

    private static string Downloads => Path.Combine(ImageStore.CacheFolder, "terraform");

    /// <summary>Why there is none here; null where there is one.</summary>
    public static TerraformUnavailableException? Missing =>
        ProgramPlaces.Of(Name).Count > 0
            ? null
            : new TerraformUnavailableException(
                $"there is no {Name} in {ProgramPlaces.Looked()}: let ./verify tools get it, or install Terraform 1.11 or newer (write-only arguments need it)",
                named: VerifyVariables.FirstSet(ProgramPlaces.Variable) is not null
            );

    /// <summary>Finds it.</summary>
    /// <param name="run">The run, as its stage has it.</param>
    /// <param name="simulator">The only cloud that it will reach.</param>
    /// <exception cref="TerraformUnavailableException">There is none.</exception>
    public static TerraformProgram Find(RunFolder run, Uri simulator)
    {
        if (Missing is { } missing)
            throw missing;
        Directory.CreateDirectory(Downloads);
        var given = Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Select(each => KeyValuePair.Create((string)each.Key, (string?)each.Value));
        return new TerraformProgram(ProgramPlaces.Of(Name)[0], run, TerraformEnvironment.Changes(given, Downloads, simulator));
    }

    /// <summary>Waits until no other <c>init</c> of this machine's suites writes to the folder of downloads: Terraform itself lets two of
    /// them write there at once,
    /// and one then fails (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache).</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LockException">The folder can't be written to.</exception>
    public static Task<HeldFile> TakeDownloadsAsync(CancellationToken cancellationToken) =>
        MachineLock.TakeAsync(
            $"{Downloads}.lock",
            "Let your user write there, or set XDG_CACHE_HOME.",
            TimeProvider.System,
            _ => { },
            cancellationToken
        );

    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">The command and its options.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TerraformAnswer> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Directory.CreateDirectory(run.Logs);
        var log = Path.Combine(run.Logs, $"terraform-{Interlocked.Increment(ref number):00}-{Path.GetFileName(folder)}-{arguments[0]}.log");
        var writer = TextWriter.Synchronized(new StreamWriter(log));
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteLineAsync($"{Name} {string.Join(' ', arguments)}").ConfigureAwait(false);
            var process = LeashedProcess.Start(run, [path, .. arguments], folder, environment, writer);
            await using (process.ConfigureAwait(false))
            {
                var (exitCode, output) = await process.EndAsync(cancellationToken).ConfigureAwait(false);
                return new TerraformAnswer(exitCode, output, log);
            }
        }
    }
}
