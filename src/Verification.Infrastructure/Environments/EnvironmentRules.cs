using System.Net;
using System.Text.RegularExpressions;
using Verification.Infrastructure.Terraform;

namespace Verification.Infrastructure.Environments;

/// <summary>What each environment has for itself, and keeps as it must: its state, its network, its provider, the other region.</summary>
public static partial class EnvironmentRules
{
    private const int StateVersionsDays = 90;

    /// <summary>The environment of one machine: it stands in a simulator, and its state beside it.</summary>
    private const string OfOneMachine = "local";

    /// <summary>Every environment whose state lies where another's does, or open, or whose values are another's; and the place of the
    /// states itself.</summary>
    /// <param name="root">The project's Terraform.</param>
    /// <returns>What deviates, and how many values were looked at.</returns>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(string root)
    {
        var environments = TerraformFolders
            .Environments(root)
            .Select(folder => (Name: Path.GetFileName(folder), Text: HclText.Of(Path.Combine(root, folder))))
            .Where(each => each.Name != OfOneMachine)
            .ToList();
        var state = HclText.Of(Path.Combine(root, TerraformFolders.State));
        List<(bool Holds, string Otherwise)> looks =
        [
            .. environments.SelectMany(each => OfEnvironment(each.Name, each.Text)),
            .. OfNetworks([.. environments.Select(each => (each.Name, Network: NetworkOf(each.Text)))]),
            .. OfState(state),
        ];
        return ([.. looks.Where(look => !look.Holds).Select(look => look.Otherwise)], looks.Count);
    }

    private static IEnumerable<(bool Holds, string Otherwise)> OfEnvironment(string name, HclText text)
    {
        var backends = text.Blocks("backend \"s3\"");
        yield return (backends.Count == 1, $"{name}: its state lies in {backends.Count} backends of S3, and should in 1");
        foreach (var backend in backends)
        {
            yield return Wanted(name, backend, "key", $"{name}.tfstate", "a state of its own: another's would be changed to this one");
            yield return Wanted(name, backend, "encrypt", "true", "a state is encrypted");
            yield return Wanted(name, backend, "use_lockfile", "true", "nobody else applies at the same time");
        }

        var version = text.Blocks("required_providers").Select(block => block.Value("version")).FirstOrDefault() ?? string.Empty;
        yield return (
            Exact().IsMatch(version),
            $"{name}: its provider is of the version '{version}', and should be of one alone, such as 5.100.0"
        );
        var variable = text.Blocks("variable \"protected\"").Select(block => block.Value("default")).FirstOrDefault() ?? string.Empty;
        yield return (
            variable == "true",
            $"{name}: 'protected' is '{variable}' unless it is given, and should be 'true': what holds data stays"
        );
        foreach (var addons in text.Blocks("variable \"addons\"").Select(block => block.Value("default")))
            yield return (
                addons == "true",
                $"{name}: 'addons' is '{addons}' unless it is given, and should be 'true': nothing would hold pods to network policies"
            );
        foreach (var relaxed in RelaxedVariables.Names)
        foreach (var given in text.Blocks("module \"").Select(module => module.Value(relaxed)).Where(given => given.Length > 0))
            yield return (given == $"var.{relaxed}", $"{name}: a module is given {relaxed} = {given}, and should be var.{relaxed}");
        foreach (var platform in text.Blocks("module \"platform\""))
            yield return Wanted(name, platform, "environment", name, "what it makes is named by it");
        var providers = text.Blocks("provider \"aws\"");
        var tagged = providers.SelectMany(provider => provider.Blocks("tags =")).ToList();
        yield return (tagged.Count > 0, $"{name}: none of its providers tags what it makes");
        foreach (var tags in tagged)
            yield return Wanted(name, tags, "environment", name, "who pays for it, and who may destroy it, is told by its tags");
        yield return (
            NetworkOf(text) is not null,
            $"{name}: no module is given a cidr that is written there, so nobody sees whose addresses it has"
        );
        yield return (
            providers.Count == 2 && providers.Select(provider => provider.Value("region")).Distinct(StringComparer.Ordinal).Count() == 2,
            $"{name}: replicas stand in the region of what they replicate ({string.Join(", ", providers.Select(provider => provider.Value("region")))})"
        );
    }

    private static IEnumerable<(bool Holds, string Otherwise)> OfNetworks(IReadOnlyList<(string Name, IPNetwork? Network)> networks) =>
        networks
            .SelectMany((each, index) => networks.Skip(index + 1).Select(other => (each, other)))
            .Select(pair =>
                (
                    pair.each.Network is not { } one
                        || pair.other.Network is not { } another
                        || !(one.Contains(another.BaseAddress) || another.Contains(one.BaseAddress)),
                    $"{pair.each.Name} and {pair.other.Name} have addresses in common ({pair.each.Network}, {pair.other.Network}): they can't be joined, and a policy that names one lets the other through"
                )
            );

    private static IEnumerable<(bool Holds, string Otherwise)> OfState(HclText state)
    {
        foreach (var bucket in state.Blocks("module \"bucket\""))
        {
            yield return Wanted("state", bucket, "key_arn", "module.key.arn", "states are encrypted with a key of their own");
            var days = int.TryParse(bucket.Value("noncurrent"), out var kept) ? kept : 0;
            yield return (
                days >= StateVersionsDays,
                $"state: a version of a state is kept for {days} days, and should be for {StateVersionsDays} at least"
            );
        }

        foreach (var given in state.Blocks("module \"").Select(module => module.Value("protected")))
            yield return (
                given is "" or "true",
                $"state: a module is given protected = {given}: the states of all environments could be lost"
            );
        yield return (state.Blocks("module \"bucket\"").Count == 1, "state: the bucket of the states is not made there");
    }

    private static (bool Holds, string Otherwise) Wanted(
        string environment,
        HclText block,
        string attribute,
        string wanted,
        string promise
    ) =>
        (
            block.Value(attribute) == wanted,
            $"{environment}: {attribute} is '{block.Value(attribute)}', and should be '{wanted}': {promise}"
        );

    private static IPNetwork? NetworkOf(HclText text) =>
        text.Blocks("module \"").Select(module => module.Value("cidr")).FirstOrDefault(cidr => cidr.Length > 0) is { } cidr
        && IPNetwork.TryParse(cidr, out var network)
            ? network
            : null;

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Exact();
}
