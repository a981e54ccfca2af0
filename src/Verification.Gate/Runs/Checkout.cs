using CliWrap.Buffered;
using Verification.Stack;

namespace Verification.Gate.Runs;

/// <summary>The commit of a checkout.</summary>
internal static class Checkout
{
    /// <summary>Full id of the commit, with <c>-dirty</c> where files differ; null outside a checkout or without git.</summary>
    public static async Task<string?> CommitAsync(string root, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await GitAsync(root, ["rev-parse", "HEAD"], cancellationToken).ConfigureAwait(false);
            var changes = await GitAsync(root, ["status", "--porcelain"], cancellationToken).ConfigureAwait(false);
            return commit is null or "" ? null
                : changes is "" ? commit
                : $"{commit}-dirty";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static async Task<string?> GitAsync(string root, string[] arguments, CancellationToken cancellationToken)
    {
        var result = await Git.In(root, arguments).ExecuteBufferedAsync(cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result.StandardOutput.Trim() : null;
    }
}
