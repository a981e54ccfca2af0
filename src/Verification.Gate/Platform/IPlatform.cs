using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Platform;

/// <summary>What the CLI asks of the stack. The scenarios start their own; the CLI makes images, and stacks for people.</summary>
internal interface IPlatform
{
    /// <summary>Makes every image available, in parallel.</summary>
    Task<IReadOnlyList<ComponentRecord>> PrepareImagesAsync(PlatformChoice choice, ProgressLines progress, CancellationToken cancellationToken);

    /// <summary>Starts a kept stack and prints where it listens.</summary>
    /// <returns>Exit code.</returns>
    Task<int> UpAsync(PlatformChoice choice, int dashboardPort, int serverPort, ProgressLines progress, CancellationToken cancellationToken);
}

/// <summary>Which platform is meant.</summary>
/// <param name="Root">The project.</param>
/// <param name="Sut">Path of the description of the system under test.</param>
/// <param name="Broker">Kind of broker asked for; null for the default of this machine.</param>
/// <param name="Images">Images that replace the default ones, by component.</param>
internal sealed record PlatformChoice(ProjectRoot Root, string Sut, string? Broker, IReadOnlyDictionary<string, string> Images);
