using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The pair of MySQL servers of a cluster.</summary>
internal static class ClusterMySql
{
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(30);

    /// <summary>The one that takes writes. A way through the API server of a busy machine may take longer to open than a connection
    /// waits.</summary>
    /// <exception cref="StateNotSeenException">None takes writes for 30 s.</exception>
    public static async Task<StackInstance> SourceAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var (source, _) = await Eventually.SeeAsync(
            "a server of MySQL takes writes",
            AnsweredWithin,
            async ct =>
            {
                try
                {
                    return (Server: (StackInstance?)await stack.PrimaryAsync(InstanceRole.Mysql, ct), Why: string.Empty);
                }
                catch (IOException e)
                {
                    return (Server: null, Why: e.Message);
                }
            },
            seen => seen.Server is not null,
            cancellationToken
        );
        return source!;
    }
}
