using Verification.Stack;
using Verification.Stack.Components.Watching;

namespace Verification.Cluster.Monitoring;

/// <summary>What <c>config/</c> has for those who watch, with every duration divided: what takes minutes in production takes
/// seconds.</summary>
internal static class HastenedConfig
{
    /// <summary>The folders that have durations.</summary>
    private static readonly string[] Folders = ["alerts", Path.Combine("slo", "rules"), "prometheus", "alertmanager"];

    private const string Dashboards = "dashboards";

    /// <summary>Writes it.</summary>
    /// <param name="root">The project.</param>
    /// <param name="target">The folder that it is written to.</param>
    /// <param name="lapse">What durations are divided by.</param>
    public static void Write(ProjectRoot root, string target, TimeLapse lapse)
    {
        foreach (var folder in Folders)
            Copy(root, target, folder, lapse.Of);
        Copy(root, target, Dashboards, text => text);
    }

    private static void Copy(ProjectRoot root, string target, string folder, Func<string, string> change)
    {
        Directory.CreateDirectory(Path.Combine(target, folder));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root.Config, folder)))
            File.WriteAllText(Path.Combine(target, folder, Path.GetFileName(file)), change(File.ReadAllText(file)));
    }
}
