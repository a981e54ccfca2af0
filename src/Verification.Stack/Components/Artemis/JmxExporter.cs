using Verification.Stack.Components.Watching;
using Verification.Stack.Images;
using Verification.Stack.Sessions;

namespace Verification.Stack.Components.Artemis;

/// <summary>The JMX exporter: an agent inside a broker that tells its management as metrics, as <c>config/jmx-exporter/</c> says. No
/// package holds it, and of the images of brokers only the one that is made here: the variable <c>JMX_EXPORTER</c> names its jar, or it
/// lies among the programs.</summary>
public static class JmxExporter
{
    /// <summary>The port on which it answers Prometheus.</summary>
    public const int Port = 9404;

    /// <summary>The label by which an image says that the agent lies in it; its value is where.</summary>
    public const string ImageLabel = "verification.jmx-exporter";

    internal const string AgentFile = "/opt/jmx-exporter/agent.jar";
    internal const string ConfigurationFile = "/opt/jmx-exporter/config.yaml";

    /// <summary>Option of the Java machine that it is loaded by.</summary>
    internal const string Option = $"-javaagent:{AgentFile}=9404:{ConfigurationFile}";

    /// <summary>Its jar among the programs.</summary>
    internal const string JarFile = "jmx_prometheus_javaagent.jar";

    /// <summary>Why there is none here; null where there is one.</summary>
    public static string? Missing =>
        VerifyVariables.Value(VerifyVariables.JmxExporter) switch
        {
            { } named when !File.Exists(named) =>
                $"{VerifyVariables.JmxExporter}={named}: there is no such file; it names the jar of the JMX exporter (jmx_prometheus_javaagent-1.0.1.jar)",
            null when Jar is null =>
                $"{VerifyVariables.JmxExporter} is not set, and {JarFile} is in no folder of {ProgramPlaces.Looked()}: without the jar of the JMX exporter (./verify tools gets it) the broker tells no metrics",
            _ => null,
        };

    /// <summary>The variable that names where it is, if one is set; null otherwise.</summary>
    public static string? NamedBy => VerifyVariables.FirstSet(VerifyVariables.JmxExporter, ProgramPlaces.Variable);

    private static string? Jar =>
        VerifyVariables.Value(VerifyVariables.JmxExporter) ?? (ProgramPlaces.Of(JarFile) is [var first, ..] ? first : null);

    /// <summary>Whether the broker of a stack has it: it is an Artemis, it is watched, and the jar is there.</summary>
    internal static bool IsIn(Surroundings around) =>
        around.Broker == BrokerKind.Artemis && around.InstancesOf(WatchingRole.Prometheus).Count > 0 && Missing is null;

    /// <summary>The jar.</summary>
    internal static byte[] Agent() => File.ReadAllBytes(Jar!);
}
