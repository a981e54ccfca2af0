using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Images;

namespace Verification.Gate.Runs;

/// <summary>The files that suites read once their platform is up: what is wrong in one is told before anything is started or waited
/// for.</summary>
internal static class FilesOfSuites
{
    /// <summary>Reads them.</summary>
    /// <param name="root">The project.</param>
    /// <param name="config">Folder of the configuration.</param>
    /// <exception cref="DocumentException"><c>safe-settings.yaml</c> cannot be used, or has rules for what is no component.</exception>
    /// <exception cref="FormatException"><c>versions.yaml</c> cannot be used.</exception>
    public static void MustBeUsable(ProjectRoot root, string config)
    {
        SafeSettingsFile.Read(root.SafeSettings, [.. ComponentList.Configured.Select(component => component.Name)]);
        VersionList.In(config);
    }
}
