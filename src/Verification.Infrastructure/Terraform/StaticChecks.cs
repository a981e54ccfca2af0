namespace Verification.Infrastructure.Terraform;

/// <summary>What files alone can show: that all is formatted, and each environment valid, and that each module keeps what its tests
/// demand.</summary>
/// <param name="terraform">The program.</param>
/// <param name="root">A copy of the project's Terraform, which belongs to the run.</param>
public sealed class StaticChecks(TerraformProgram terraform, string root)
{
    /// <summary>Each takes one core; more would take them from whoever else measures.</summary>
    private const int AtOnce = 2;

    /// <summary>Which files are not formatted, and which environments not valid.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What deviates, and how many environments were looked at.</returns>
    /// <exception cref="TerraformUnavailableException">The provider can't be had.</exception>
    public async Task<CheckedFolders> ValidateAsync(CancellationToken cancellationToken)
    {
        var whole = new TerraformFolder(terraform, root);
        var format = await whole.RunAsync(["fmt", "-check", "-recursive", "-no-color"], cancellationToken).ConfigureAwait(false);
        var unformatted = format
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(file => $"{file} is not formatted: terraform fmt");
        var invalid = await EachAsync<IReadOnlyList<string>>(
                TerraformFolders.Applied(root),
                // Another provider than the pinned one is no valid one.
                ["-backend=false", "-lockfile=readonly"],
                async (folder, ct) =>
                    (await folder.RunAsync(["validate", "-json"], ct).ConfigureAwait(false)) is { ExitCode: not 0 } answer
                        ? [.. Validation.ErrorsOf(answer.Output).Select(error => $"{folder.Name} is not valid: {error}")]
                        : [],
                cancellationToken
            )
            .ConfigureAwait(false);
        return new CheckedFolders([.. unformatted, .. invalid.SelectMany(each => each)], TerraformFolders.Applied(root).Count);
    }

    /// <summary>Which runs of the modules' tests fail.</summary>
    /// <inheritdoc cref="ValidateAsync"/>
    /// <returns>What deviates, and how many runs ended.</returns>
    public async Task<CheckedFolders> TestAsync(CancellationToken cancellationToken)
    {
        var tested = await EachAsync(
                TerraformFolders.Tested(root),
                ["-backend=false"],
                async (folder, ct) => TestRuns.Of(folder.Name, await folder.RunAsync(["test", "-json"], ct).ConfigureAwait(false)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new CheckedFolders([.. tested.SelectMany(folder => folder.Deviations)], tested.Sum(folder => folder.Observations));
    }

    private async Task<IReadOnlyList<T>> EachAsync<T>(
        IReadOnlyList<string> folders,
        IReadOnlyList<string> init,
        Func<TerraformFolder, CancellationToken, Task<T>> look,
        CancellationToken cancellationToken
    )
    {
        var seen = new T[folders.Count];
        await Parallel
            .ForAsync(
                0,
                folders.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (index, ct) =>
                {
                    var folder = new TerraformFolder(terraform, Path.Combine(root, folders[index]));
                    await folder.InitAsync(ct, init).ConfigureAwait(false);
                    seen[index] = await look(folder, ct).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
        return seen;
    }
}
