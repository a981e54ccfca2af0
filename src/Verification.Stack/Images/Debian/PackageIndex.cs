using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Verification.Stack.Images.Debian;

/// <summary>apt on a state of its own: it resolves for an empty system and never reads or changes what the machine has installed.</summary>
internal sealed class PackageIndex
{
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromSeconds(90);
    private readonly HostApt host;
    private readonly string folder;

    private PackageIndex(HostApt host, string folder) => (this.host, this.folder) = (host, folder);

    /// <summary>Brings a suite's index up to date. Signatures are checked; an index that can't be refreshed is used as it is.</summary>
    /// <exception cref="InvalidOperationException">There is no usable index; the message ends with what apt said.</exception>
    public static async Task<PackageIndex> OpenAsync(HostApt host, string suite, string cache, CancellationToken cancellationToken)
    {
        var index = new PackageIndex(host, Path.Combine(cache, "apt", suite));
        foreach (var inner in new[] { "etc", "state/lists/partial", "cache/archives/partial" })
            Directory.CreateDirectory(Path.Combine(index.folder, inner));

        // Sid's Release file may be past its date on a mirror that stands still; its signature is checked all the same.
        var past = suite is "sid" or "unstable" ? " check-valid-until=no" : "";
        await File.WriteAllTextAsync(
                Path.Combine(index.folder, "etc", "sources.list"),
                $"deb [signed-by={host.Keyring}{past}] {host.Mirror} {suite} main\n",
                cancellationToken
            )
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(index.Configuration(""), index.Settings(""), cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(index.folder, "status"), "", cancellationToken).ConfigureAwait(false);

        try
        {
            await index
                .RunAsync("apt-get", ["update", "-q", "-o", "APT::Update::Error-Mode=any"], "", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (Directory.EnumerateFiles(Path.Combine(index.folder, "state", "lists"), "*_Packages*").Any())
        {
            // The signed lists of an earlier run serve as well.
        }

        return index;
    }

    /// <summary>The packages that are wished for and all that they need.</summary>
    /// <exception cref="InvalidOperationException">They can't be had together; the message ends with what apt said.</exception>
    public async Task<IReadOnlyList<DebianPackage>> ResolveAsync(PackageWish wish, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(
                Path.Combine(folder, $"status-{wish.Name}"),
                Status([.. wish.Without, .. wish.Alone]),
                cancellationToken
            )
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Configuration(wish.Name), Settings(wish.Name), cancellationToken).ConfigureAwait(false);
        var plan =
            wish.Packages.Count == 0
                ? ""
                : await RunAsync("apt-get", ["install", "-qq", "--print-uris", .. wish.Packages], wish.Name, cancellationToken)
                    .ConfigureAwait(false);
        string[] wanted = [.. PlannedNames(plan), .. wish.Alone];
        var described = await RunAsync("apt-cache", ["show", "--no-all-versions", .. wanted], "", cancellationToken).ConfigureAwait(false);
        var packages = DebianPackage.Parse(described, host.Mirror).DistinctBy(p => p.Name).ToList();
        var missing = wanted.Except(packages.Select(p => p.Name)).ToList();
        return missing.Count == 0
            ? packages
            : throw new InvalidOperationException($"the index does not describe {string.Join(", ", missing)}");
    }

    /// <summary>Names of the packages in what <c>--print-uris</c> prints: <c>'address' name_version_arch.deb size hash</c> a
    /// line.</summary>
    internal static IEnumerable<string> PlannedNames(string plan) =>
        plan.Split('\n').Where(l => l.StartsWith('\'')).Select(l => l.Split(' ')[1].Split('_')[0]);

    /// <summary>A dpkg status that claims the named packages installed, so that the resolver asks for neither them nor what they
    /// need.</summary>
    internal static string Status(IEnumerable<string> present)
    {
        var text = new StringBuilder();
        foreach (var name in present)
        {
            text.Append(
                $"Package: {name}\nStatus: install ok installed\nMaintainer: none\nArchitecture: amd64\nMulti-Arch: allowed\nVersion: 99:1\nDescription: left out\n\n"
            );
        }

        return text.ToString();
    }

    private string Configuration(string recipe) => Path.Combine(folder, $"apt-{recipe}.conf");

    private string Settings(string recipe) =>
        $"""
            Dir::Etc "{folder}/etc";
            Dir::Etc::sourcelist "{folder}/etc/sources.list";
            Dir::Etc::sourceparts "/dev/null";
            Dir::Etc::parts "/dev/null";
            Dir::Etc::preferencesparts "/dev/null";
            Dir::State "{folder}/state";
            Dir::State::status "{folder}/status{(recipe.Length == 0 ? "" : "-" + recipe)}";
            Dir::Cache "{folder}/cache";
            Dir::Cache::pkgcache "";
            Dir::Cache::srcpkgcache "";
            APT::Install-Recommends "false";
            APT::Sandbox::User "root";
            Acquire::Languages "none";
            Debug::NoLocking "true";
            {(host.Proxy is null ? "" : $"Acquire::http::Proxy \"{host.Proxy}\";")}

            """;

    private async Task<string> RunAsync(string program, string[] arguments, string recipe, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(CommandDeadline);
        try
        {
            var answer = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(v => v.Set("APT_CONFIG", Configuration(recipe)).Set("LC_ALL", "C"))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(deadline.Token)
                .ConfigureAwait(false);
            return answer.ExitCode == 0
                ? answer.StandardOutput
                : throw new InvalidOperationException(
                    $"{program} {arguments[0]} ended with {answer.ExitCode}: {string.Join(" ", answer.StandardError.Split('\n', StringSplitOptions.TrimEntries).TakeLast(6)).Trim()}"
                );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} was not done after {CommandDeadline.TotalSeconds:0} s", e);
        }
    }
}
