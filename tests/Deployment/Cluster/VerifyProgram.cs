using Verification.Cluster.Deployments;
using Verification.Cluster.Programs;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The program itself, as somebody starts it who has brought a cluster.</summary>
internal static class VerifyProgram
{
    private static readonly Tool Program = new("verify", Path.Combine(AppContext.BaseDirectory, "Verification.Gate"));

    /// <summary>Runs it to its end. It is the one of this checkout, also where a copy of it with a seeded defect is deployed.</summary>
    /// <param name="suite">The run.</param>
    /// <param name="platform">The platform that it is to reach.</param>
    /// <param name="arguments">What it is asked.</param>
    /// <param name="cancellationToken">Kills it, with all it has started.</param>
    public static Task<ToolResult> RunAsync(
        SuiteSession suite,
        LocalPlatform platform,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) =>
        Program.RunAsync(
            suite.StageFolder,
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["KUBECONFIG"] = platform.Cluster.Address.Kubeconfig,
                [VerifyVariables.Root] = string.Empty,
            },
            suite.Root.Path,
            cancellationToken
        );
}
