using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;

namespace Verification.Gate.Mutants;

/// <summary>One mutant for each setting of <c>config/</c>: without it, the component's default holds.</summary>
internal static class GeneratedMutants
{
    /// <summary>The components whose settings are left out, by name.</summary>
    public static readonly IReadOnlyDictionary<string, ConfiguredComponent> Components = ComponentList.Configured.ToDictionary(
        component => component.Name,
        StringComparer.Ordinal
    );

    private static readonly Dictionary<ConfigFormat, Func<string, IEnumerable<ConfigSetting>>> Readers = new()
    {
        [ConfigFormat.Lines] = LineSettings.Of,
        [ConfigFormat.Xml] = XmlSettings.Of,
        [ConfigFormat.Whole] = _ => [],
    };

    private const string Starts = "platform.starts";
    private const string Safe = "settings.safe";
    private const string Unruled = "without it the component's default holds, which breaks no rule of safe-settings.yaml";
    private const string Refused = "auth.refused";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(3);

    /// <summary>What the rules for settings in effect do not see, and what does.</summary>
    private static readonly Dictionary<string, string> Objectives = new(StringComparer.Ordinal)
    {
        // Six nodes by themselves are no cluster.
        ["redis/cluster-enabled"] = Starts,
        ["artemis/acceptor/stomp"] = Starts,
        ["artemis/acceptor/stomp-tls/keyStorePath"] = Refused,
        ["classic/transportConnector/stomp"] = Starts,
        ["classic/bean"] = Refused,
        ["classic/property/users"] = Starts,
        ["classic/sslContext/keyStore"] = Refused,
        // Without the password the broker cannot open its store.
        ["classic/sslContext/keyStorePassword"] = Starts,
    };

    /// <summary>All of them, each with what is said of it in <c>mutants/inert.yaml</c>.</summary>
    /// <exception cref="DocumentException">A file cannot be used, or one that is listed as inert is no setting.</exception>
    public static IReadOnlyList<MutantCandidate> Of(ProjectRoot root)
    {
        var inert = InertSettings.Read(root);
        List<MutantCandidate> mutants = [.. Components.Values.SelectMany(component => OfComponent(root, component, inert))];
        inert.MustBeAmong(mutants.ConvertAll(mutant => mutant.Mutant.Name));
        return mutants;
    }

    private static IEnumerable<MutantCandidate> OfComponent(ProjectRoot root, ConfiguredComponent component, InertSettings inert)
    {
        foreach (var file in component.Configuration)
        {
            var path = Path.Combine("config", component.Name, file.Name);
            foreach (var setting in Readers[file.Format](File.ReadAllText(Path.Combine(root.Path, path))))
            {
                var name = $"{component.Name}/{setting.Name}";
                var mutant = new Mutant(
                    name,
                    $"{path} without {setting.Name}.",
                    Objectives.GetValueOrDefault(name, Safe),
                    component is BrokerComponent
                        ? new Dictionary<string, string> { ["broker"] = component.Name }
                        : new Dictionary<string, string>(),
                    Patch: null,
                    Overlay: null,
                    TimeLimit
                )
                {
                    Component = component.Role.Name,
                };
                yield return new MutantCandidate(mutant, new ConfigChange(path, setting.Without), inert.ReasonOf(name))
                {
                    Unruled = mutant.Objective == Safe ? Unruled : null,
                };
            }
        }
    }
}
