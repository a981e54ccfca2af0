using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Mutants;

/// <summary>One mutant for each setting of <c>config/</c>: without it, the component's default holds.</summary>
internal static class GeneratedMutants
{
    /// <summary>The components whose settings are left out, each with its file below <c>config/</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mysql"] = "my.cnf",
        ["redis"] = "redis.conf",
        ["artemis"] = "broker.xml",
        ["classic"] = "activemq.xml",
    };

    private const string Starts = "platform.starts";
    private const string Refused = "auth.refused";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(3);

    /// <summary>What the comparison with <c>config/</c> does not see, and what does.</summary>
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
        List<MutantCandidate> mutants = [.. Files.Keys.SelectMany(component => OfComponent(root, component, inert))];
        inert.MustBeAmong(mutants.ConvertAll(mutant => mutant.Mutant.Name));
        return mutants;
    }

    private static IEnumerable<MutantCandidate> OfComponent(ProjectRoot root, string component, InertSettings inert)
    {
        var file = Path.Combine("config", component, Files[component]);
        var text = File.ReadAllText(Path.Combine(root.Path, file));
        var isBroker = component is "artemis" or "classic";
        foreach (var setting in isBroker ? XmlSettings.Of(text) : LineSettings.Of(text))
        {
            var name = $"{component}/{setting.Name}";
            var mutant = new Mutant(
                name,
                $"{file} without {setting.Name}.",
                Objectives.GetValueOrDefault(name, isBroker ? "settings.broker" : $"settings.{component}"),
                isBroker ? new Dictionary<string, string> { ["broker"] = component } : new Dictionary<string, string>(),
                Patch: null,
                Overlay: null,
                TimeLimit);
            yield return new MutantCandidate(mutant, new ConfigChange(file, setting.Without), inert.ReasonOf(name));
        }
    }
}
