using Verification.Cluster.Programs;
using Verification.Objectives;

namespace Verification.Cluster.Bootstrap;

/// <summary>A pair of keys of age (https://age-encryption.org) that lives as long as the secrets of its stage.</summary>
/// <param name="File">The file of the private one.</param>
/// <param name="Recipient">The public one.</param>
public sealed record AgeKey(string File, string Recipient)
{
    /// <summary>Makes one, by age's own program.</summary>
    /// <param name="folder">The run, with the stage it is for.</param>
    /// <param name="name">Name of its file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">The program can't be had.</exception>
    /// <exception cref="BootstrapException">It made none.</exception>
    public static async Task<AgeKey> MakeAsync(RunFolder folder, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var keygen = await Tool.FindOrGetAsync("age-keygen", "age", cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(folder.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(folder.Secrets, name);
        await AnswerAsync("-o", file).ConfigureAwait(false);
        return new AgeKey(file, (await AnswerAsync("-y", file).ConfigureAwait(false)).Trim());

        async Task<string> AnswerAsync(params string[] arguments)
        {
            var result = await keygen
                .RunAsync(folder, arguments, new Dictionary<string, string>(StringComparer.Ordinal), folder.Path, cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode == 0
                ? result.Output
                : throw new BootstrapException($"{keygen.Path} {string.Join(' ', arguments)}: {result.Error.Trim()}");
        }
    }
}
