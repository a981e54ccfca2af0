using System.ComponentModel;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Verification.Stack;

namespace Verification.Infrastructure.Leaks;

/// <summary>Searches all that was ever committed for secrets.</summary>
public static class HistorySearch
{
    private const string Planted = $"{PlantedSecret.Name}.yaml";
    private static readonly string[] Author = ["-c", "user.name=search", "-c", "user.email=search@localhost"];

    /// <summary>Searches every commit of a repository. It is searched in a copy, which has a secret in one commit more, and another commit
    /// that takes it away again.</summary>
    /// <param name="gitleaks">The program.</param>
    /// <param name="repository">Folder of the repository.</param>
    /// <param name="copy">Where the copy lies for that long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LeaksUnknownException">It is none, its history is not whole, or it could not be searched.</exception>
    public static async Task<LeakSearch> SearchAsync(Gitleaks gitleaks, string repository, string copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gitleaks);
        // A repository above the folder is not meant.
        if (!Path.Exists(Path.Combine(repository, ".git")))
            throw new LeaksUnknownException($"{repository} is no checkout of git: of what was committed nothing is known");
        if (await GitAsync(repository, ["rev-parse", "--is-shallow-repository"], cancellationToken).ConfigureAwait(false) == "true")
            throw new LeaksUnknownException(
                $"the checkout {repository} has only the end of its history: fetch all of it (git fetch --unshallow; fetch-depth: 0)"
            );
        try
        {
            await GitAsync(repository, ["clone", "--quiet", "--mirror", "--shared", repository, copy], cancellationToken)
                .ConfigureAwait(false);
            var commits = await GitAsync(copy, ["rev-list", "--all", "--count"], cancellationToken).ConfigureAwait(false);
            await PlantAsync(copy, cancellationToken).ConfigureAwait(false);
            return LeakSearch.Of(
                await gitleaks.InHistoryAsync(copy, cancellationToken).ConfigureAwait(false),
                [Planted],
                int.Parse(commits, CultureInfo.InvariantCulture)
            );
        }
        finally
        {
            if (Directory.Exists(copy))
                Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task PlantAsync(string copy, CancellationToken cancellationToken)
    {
        var file = await GitAsync(copy, ["hash-object", "-w", "--stdin"], cancellationToken, PlantedSecret.Text()).ConfigureAwait(false);
        var with = await GitAsync(copy, ["mktree"], cancellationToken, $"100644 blob {file}\t{Planted}\n").ConfigureAwait(false);
        var without = await GitAsync(copy, ["mktree"], cancellationToken).ConfigureAwait(false);
        var added = await GitAsync(copy, [.. Author, "commit-tree", with, "-m", "added"], cancellationToken).ConfigureAwait(false);
        var removed = await GitAsync(copy, [.. Author, "commit-tree", without, "-p", added, "-m", "removed"], cancellationToken)
            .ConfigureAwait(false);
        await GitAsync(copy, ["update-ref", $"refs/heads/{PlantedSecret.Name}", removed], cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> GitAsync(
        string folder,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        string input = ""
    )
    {
        try
        {
            var said = await Git.In(folder, arguments)
                .WithStandardInputPipe(PipeSource.FromString(input))
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            return said.IsSuccess
                ? said.StandardOutput.Trim()
                : throw new LeaksUnknownException($"git {arguments[0]} in {folder} failed: {said.StandardError.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new LeaksUnknownException($"git can't be run ({e.Message}): install it");
        }
    }
}
