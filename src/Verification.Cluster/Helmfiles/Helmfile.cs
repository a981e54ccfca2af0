using System.Globalization;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Sessions;

namespace Verification.Cluster.Helmfiles;

/// <summary>Helmfile on the <c>helmfile.yaml</c> of a project, for one environment.</summary>
public sealed class Helmfile
{
    private readonly Tool helmfile;
    private readonly Tool helm;
    private readonly ProjectRoot root;
    private readonly RunFolder folder;
    private readonly string environment;
    private readonly string values;

    private Helmfile(ProjectRoot root, RunFolder folder, string environment, string values)
    {
        (helmfile, helm) = (Tool.Find("helmfile"), Tool.Find("helm"));
        (this.root, this.folder, this.environment, this.values) = (root, folder, environment, values);
    }

    /// <summary>Path of the configuration of a cluster's clients; null where no cluster is asked.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The program that judges what was deployed, whatever the environment says of that; null to leave it to the
    /// environment.</summary>
    private string? Judge { get; init; }

    /// <summary>The releases that are meant, as Helmfile selects them; null for all.</summary>
    public string? Selector { get; init; }

    /// <summary>File of the private key that opens what SOPS has encrypted; null for none, whatever the user has.</summary>
    public string? AgeKey { get; init; }

    /// <summary>Finds the programs, and notes which images are deployed.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="images">Image of each component, by name.</param>
    /// <param name="values">What is said beside the environment's own values, YAML.</param>
    /// <param name="kubeconfig">Path of the configuration of a cluster's clients; null where no cluster is asked.</param>
    /// <param name="judge">The program that judges what was deployed, in place of <c>./verify</c>, whatever the environment says of that;
    /// null to leave it to the environment.</param>
    /// <param name="ageKey">File of the private key that opens what SOPS has encrypted; null for none.</param>
    /// <param name="selector">The releases that are meant, as Helmfile selects them; null for all.</param>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    public static Helmfile Of(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        IReadOnlyDictionary<string, string> images,
        string values,
        string? kubeconfig = null,
        string? judge = null,
        string? ageKey = null,
        string? selector = null
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(images);
        var file = Path.Combine(folder.Logs, $"values-{environment}.yaml");
        Directory.CreateDirectory(folder.Logs);
        File.WriteAllText(
            file,
            $"{values}images:\n{string.Concat(images.OrderBy(image => image.Key, StringComparer.Ordinal).Select(image => $"  {image.Key}: \"{image.Value}\"\n"))}{(judge is null ? string.Empty : "judgeDeployed: true\n")}"
        );
        return new Helmfile(root, folder, environment, file)
        {
            Kubeconfig = kubeconfig,
            Judge = judge,
            AgeKey = ageKey,
            Selector = selector,
        };
    }

    /// <summary>Deploys.</summary>
    /// <exception cref="HelmfileException">A release was refused, or did not get ready in time.</exception>
    public Task SyncAsync(CancellationToken cancellationToken) => RunAsync("sync", [], cancellationToken);

    /// <summary>Deploys one release; what it needs is there.</summary>
    /// <param name="release">Name of the release.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HelmfileException">It was refused, or did not get ready in time.</exception>
    public Task SyncAsync(string release, CancellationToken cancellationToken) =>
        RunAsync("sync", ["--selector", $"name={release}"], cancellationToken);

    /// <summary>Deploys one release, and waits for it no longer than is said here.</summary>
    /// <param name="release">Name of the release; what it needs is there.</param>
    /// <param name="patience">How long it may take to get ready, in whole seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HelmfileException">It was refused, or did not get ready in time.</exception>
    public Task SyncAsync(string release, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync(
            "sync",
            ["--selector", $"name={release}", "--timeout", ((int)patience.TotalSeconds).ToString(CultureInfo.InvariantCulture)],
            cancellationToken
        );

    /// <summary>Takes away what was deployed.</summary>
    /// <exception cref="HelmfileException">A release could not be taken away.</exception>
    public Task DestroyAsync(CancellationToken cancellationToken) => RunAsync("destroy", [], cancellationToken);

    /// <summary>Writes what would be deployed into a folder, by release and chart.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HelmfileException">A chart or its values can't be rendered.</exception>
    public Task TemplateAsync(string target, CancellationToken cancellationToken) =>
        RunAsync("template", ["--output-dir", target, "--output-dir-template", "{{ .OutputDir }}/{{ .Release.Name }}"], cancellationToken);

    /// <summary>Writes what each release is given as values into a folder, each into a file of its name.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HelmfileException">The values of a release can't be rendered.</exception>
    public Task WriteValuesAsync(string target, CancellationToken cancellationToken) =>
        RunAsync("write-values", ["--output-file-template", Path.Combine(target, "{{ .Release.Name }}.yaml")], cancellationToken);

    /// <summary>What would be deployed, which is written nowhere: it may hold secrets.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HelmfileException">A chart or its values can't be rendered.</exception>
    public async Task<string> RenderAsync(CancellationToken cancellationToken)
    {
        var result = await AnswerAsync("template", [], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Output
            : throw new HelmfileException("template", HelmfileOutput.Refusal(string.Empty, result.Error));
    }

    private async Task RunAsync(string command, IReadOnlyList<string> further, CancellationToken cancellationToken)
    {
        var result = await AnswerAsync(command, further, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(
                Path.Combine(folder.Logs, $"helmfile-{environment}-{command}.log"),
                result.Output + result.Error,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
            throw new HelmfileException(command, HelmfileOutput.Refusal(result.Output, result.Error));
    }

    private Task<ToolResult> AnswerAsync(string command, IReadOnlyList<string> further, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments =
        [
            "--file",
            Path.Combine(root.Path, "helmfile.yaml"),
            "--helm-binary",
            helm.Path,
            "--environment",
            environment,
            "--state-values-file",
            values,
            "--no-color",
            .. Selector is null ? (IEnumerable<string>)[] : ["--selector", Selector],
            command,
            .. further,
        ];
        return helmfile.RunAsync(folder, arguments, Variables(), root.Path, cancellationToken);
    }

    /// <summary>What the user has set up for himself, plugins, repositories and clusters, is not ours to use; what is put there in its
    /// place goes with the run.</summary>
    private Dictionary<string, string> Variables()
    {
        var own = Path.Combine(folder.Secrets, "helm");
        Directory.CreateDirectory(own);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HELMFILE_UPGRADE_NOTICE_DISABLED"] = "true",
            ["HELM_CACHE_HOME"] = own,
            ["HELM_CONFIG_HOME"] = own,
            ["HELM_DATA_HOME"] = own,
            ["HELMFILE_CACHE_HOME"] = own,
            ["TMPDIR"] = own,
            ["KUBECONFIG"] = Kubeconfig ?? Path.Combine(own, "no-cluster"),
            ["SOPS_AGE_KEY_FILE"] = AgeKey ?? Path.Combine(own, "no-key"),
        };
        if (Judge is not null)
            (variables["JUDGE"], variables[VerifyVariables.Root]) = (Judge, string.Empty);
        return variables;
    }
}
