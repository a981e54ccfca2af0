using Verification.Stack.Sessions;

namespace Verification.Infrastructure.Terraform;

/// <summary>A folder of Terraform in a copy of the project's: what Terraform writes beside its files is the run's.</summary>
/// <param name="terraform">The program.</param>
/// <param name="path">Path of the folder within the copy.</param>
public sealed class TerraformFolder(TerraformProgram terraform, string path)
{
    private const string Plan = "changes.plan";
    private const string OfVersion = "Unsupported Terraform Core version";
    private static readonly string[] OfProvider =
    [
        "Failed to query available provider packages",
        "Failed to install provider",
        "Failed to resolve provider packages",
    ];

    /// <summary>Its name.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>Its path.</summary>
    public string Folder => path;

    /// <summary>Copies all Terraform of the project, without what Terraform itself has written there.</summary>
    /// <param name="from">Folder of the project.</param>
    /// <param name="to">The copy.</param>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (var inner in Directory.EnumerateDirectories(from).Where(inner => Path.GetFileName(inner) != ".terraform"))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    /// <summary>Makes it ready: modules and provider.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="options">Further options.</param>
    /// <exception cref="TerraformUnavailableException">The provider can't be had.</exception>
    /// <exception cref="TerraformRefusedException">Terraform can't use what the folder says.</exception>
    public async Task InitAsync(CancellationToken cancellationToken, params IReadOnlyList<string> options)
    {
        TerraformAnswer answer;
        using (await TerraformProgram.TakeDownloadsAsync(cancellationToken).ConfigureAwait(false))
            answer = await terraform
                .RunAsync(path, ["init", "-input=false", "-no-color", .. options], cancellationToken)
                .ConfigureAwait(false);
        if (answer.ExitCode == 0)
            return;
        var said = FirstError(await File.ReadAllTextAsync(answer.Log, cancellationToken).ConfigureAwait(false));
        if (said.Contains(OfVersion, StringComparison.Ordinal))
            throw new TerraformUnavailableException(
                $"this machine's terraform is not of a version that {Name} can be used with: {said}",
                named: false
            );
        throw OfProvider.Any(words => said.Contains(words, StringComparison.Ordinal))
            ? new TerraformUnavailableException(
                $"the provider of {Name} can't be had: {said} Let its registry be reached, or name a folder of providers (TF_CLI_ARGS_init=-plugin-dir=FOLDER, or a mirror in the file that TF_CLI_CONFIG_FILE names)",
                named: VerifyVariables.Value(TerraformEnvironment.OptionsOfInit) is not null
            )
            : new TerraformRefusedException($"terraform init of {Name}: {said}");
    }

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command and its options.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TerraformAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        terraform.RunAsync(path, arguments, cancellationToken);

    /// <summary>Plans what would change, and keeps the plan.</summary>
    /// <param name="options">What it is about: targets, values of variables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TerraformAnswer> PlanAsync(IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        RunAsync(["plan", "-json", "-input=false", $"-out={Plan}", .. options], cancellationToken);

    /// <summary>The kept plan as JSON.</summary>
    public async Task<string> ShowPlanAsync(CancellationToken cancellationToken) =>
        (await RunAsync(["show", "-json", Plan], cancellationToken).ConfigureAwait(false)).Output;

    /// <summary>Applies the kept plan.</summary>
    public Task<TerraformAnswer> ApplyAsync(CancellationToken cancellationToken) =>
        RunAsync(["apply", "-json", "-input=false", Plan], cancellationToken);

    /// <summary>Destroys what was applied.</summary>
    /// <param name="options">Values of variables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<TerraformAnswer> DestroyAsync(IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        RunAsync(["destroy", "-json", "-input=false", "-auto-approve", .. options], cancellationToken);

    // Of an init, which has no -json in every version: the lines of its frame begin with a bar.
    private static string FirstError(string said)
    {
        var words = said.Split('\n')
            .Select(line => line.Trim().TrimStart('│', '╷', '╵').Trim())
            .SkipWhile(line => !line.StartsWith("Error:", StringComparison.Ordinal))
            .Where(line => line.Length > 0)
            .Take(4);
        return string.Join(' ', words) is { Length: > 0 } told ? told : "it said no reason.";
    }
}
