using Verification.Gate.Attesting;
using Verification.Gate.Commands;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Engine;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Publishing;
using Verification.Stack.Images.Registries;
using Verification.Stack.Sessions;

namespace Verification.Gate.Publishing;

/// <summary>Takes the images of a PASS to a registry as they were verified, with its bill of material and the verdict beside each. Makes
/// nothing.</summary>
/// <param name="root">The project.</param>
/// <param name="progress">Where it is said.</param>
internal sealed class PublishRun(ProjectRoot root, ProgressLines progress)
{
    private static readonly HashSet<string> Deployed = [.. ComponentList.Deployed.Select(component => component.Name)];

    /// <returns>Exit code: 0 published, 1 the run is no PASS, 3 none is at hand.</returns>
    /// <exception cref="UsageException">There is no such run or environment.</exception>
    /// <exception cref="RegistryException">The registry does not answer, or refuses.</exception>
    public async Task<int> RunAsync(PublishOptions options, CancellationToken cancellationToken)
    {
        using var key = SigningKey.OfEnvironment();
        var environment = EnvironmentFile(options);
        var run = options.Run is { } name ? Named(name) : StoredRuns.NewestPass(StoredRuns.FoldersOf(root.Runs));
        if (run is null)
        {
            progress.Bad($"not published: no PASS is at hand in {root.Runs}. Get one: ./verify gate");
            return ExitCodes.Unknown;
        }

        if ((Problem(run) ?? UnsignedProblem(run, key)) is { } problem)
        {
            progress.Bad($"not published: {problem}");
            return ExitCodes.Fail;
        }

        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var registry = await RegistryClient
            .ConnectAsync(PublishOptions.NameOf(options.Registry, "server", "any"), cancellationToken)
            .ConfigureAwait(false);
        var publisher = new ImagePublisher(engine, registry);
        var subjects = new List<(string Repository, OciDescriptor Manifest)>();
        var published = new List<PublishedImage>();
        foreach (var component in ComponentsOf(run.Record))
        {
            var image = PublishOptions.NameOf(options.Registry, component.Role, run.Record.Id);
            progress.Say($"pushing {image}");
            var (id, manifest) = await publisher.PublishAsync(component, image, cancellationToken).ConfigureAwait(false);
            subjects.Add((image.Repository, manifest));
            published.Add(new PublishedImage(component.Role, component.Digest, $"{image.Name}@{manifest.Digest}"));
            progress.Good($"{component.Role}: {image.Name}@{manifest.Digest}");
            var contents = await ImageContents.OfAsync(engine, id, cancellationToken).ConfigureAwait(false);
            var bill = await registry
                .AttachAsync(
                    image.Repository,
                    manifest,
                    BillOfMaterial.Type,
                    [
                        (
                            BillOfMaterial.FileName,
                            BillOfMaterial.Type,
                            BillOfMaterial.Of(ImageName.Parse($"{image.Name}@{manifest.Digest}"), contents)
                        ),
                    ],
                    cancellationToken
                )
                .ConfigureAwait(false);
            Tell($"its bill of material, {contents.Packages.Count} packages: {image.Name}@{bill.Digest}", contents);
        }

        RunDocuments.Write(run.Folder, new Publication(options.Registry, published));
        var whole = run with { Published = published };
        if (key is not null)
            Attestation.Write(whole, key);
        var files = RunArtifact.Pack(whole);
        foreach (var (repository, manifest) in subjects)
        {
            await registry.AttachAsync(repository, manifest, RunArtifact.Type, files, cancellationToken).ConfigureAwait(false);
            if (key is not null)
                await new CosignAttestations(registry)
                    .AddAsync(
                        repository,
                        manifest.Digest,
                        Envelope.MediaType,
                        await File.ReadAllBytesAsync(run.Folder.Attestation, cancellationToken).ConfigureAwait(false),
                        TestResultStatement.PredicateType,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        }

        progress.Good($"the verdict of run {run.Record.Id} lies beside each");
        if (environment is not null)
        {
            ImagesFile.Write(environment, run.Record.Id, published);
            progress.Good($"{Path.GetRelativePath(root.Path, environment)} is written, for a pull request");
        }

        return ExitCodes.Pass;
    }

    private void Tell(string bill, ImageContents contents)
    {
        if (contents.Packages.Count > 0)
            progress.Good(bill);
        else
            progress.Doubt($"{bill} (the image has neither dpkg's list nor one of .NET)");
    }

    /// <summary>What production deploys of what a run has verified.</summary>
    private static IReadOnlyList<ComponentRecord> ComponentsOf(RunRecord record) =>
        [.. record.Components.Where(component => Deployed.Contains(component.Role))];

    private static string? Problem(JudgedRun run)
    {
        var (_, record, verdict) = run;
        var name = $"run {record.Id} (profile {record.Profile})";
        if (verdict.Verdict != Verdict.Pass)
            return $"{name} is {Phrases.Headline(verdict)}. Publish one that is PASS.";
        if (!verdict.IsReleaseVerdict || record.Mutant is not null)
            return $"{name} has verified a part, or a seeded defect. Publish a whole run: ./verify gate";
        return
            ComponentsOf(record)
                .GroupBy(component => component.Role)
                .FirstOrDefault(images => images.Select(image => image.Digest).Distinct().Count() > 1)
                is { } several
            ? $"{name} has verified more than one image of {several.Key} ({string.Join(", ", several.Select(image => image.Image))}). Publish a run of one release."
            : null;
    }

    /// <summary>A key vouches for what was published only where it has vouched for the verdict, and what it has vouched for is not
    /// published without it.</summary>
    private static string? UnsignedProblem(JudgedRun run, SigningKey? key)
    {
        if (key is null)
            return File.Exists(run.Folder.Attestation)
                ? $"run {run.Record.Id} is signed, and so must be what is published of it. Name the key in {VerifyVariables.SigningKey}."
                : null;
        return Attestation.DifferencesOfVerdict(run.Folder, key.Public) is { Count: > 0 } differences
            ? $"run {run.Record.Id}: {string.Join("; ", differences)}. Publish one that was judged with {VerifyVariables.SigningKey} set to this key."
            : null;
    }

    private JudgedRun Named(string name)
    {
        var folder = RunLocator.Find(root.Runs, name);
        return File.Exists(folder.Verdict)
            ? JudgedRun.Read(folder)
            : throw new UsageException($"run {name} has not been judged. Judge it: ./verify judge {folder.Id}");
    }

    private string? EnvironmentFile(PublishOptions options)
    {
        if (options.Environment is not { } name)
            return null;
        var environments = Path.Combine(root.Path, "environments");
        var known = Directory
            .EnumerateFiles(environments, "values.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal)
            .ToList();
        return known.Contains(name, StringComparer.Ordinal)
            ? Path.Combine(environments, name, "images.yaml")
            : throw new UsageException(
                $"--environment {name}: there is no such environment; there are {string.Join(", ", known)}.{Suggestion.Question(name, known)}"
            );
    }
}
