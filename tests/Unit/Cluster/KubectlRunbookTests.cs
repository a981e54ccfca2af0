using Verification.Cluster.Restoring;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class KubectlRunbookTests
{
    [Fact]
    public void Blocks_that_begin_with_kubectl_are_its_commands_and_others_are_not()
    {
        var blocks = KubectlRunbook.BlocksOf(
            "```\nfind it\n```\ntext\n\n```\nkubectl get a \\\n  | kubectl apply -f -\nkubectl wait\n```\n```\nkubectl b\n```\n"
        );

        Assert.Equal(["kubectl get a \\\n  | kubectl apply -f -\nkubectl wait\n", "kubectl b\n"], blocks);
    }

    [Fact]
    public void The_runbook_of_a_restore_stops_finds_claims_restores_and_starts()
    {
        var blocks = KubectlRunbook.BlocksOf(File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "docs", "runbooks", "restore.md")));

        Assert.Collection(
            blocks,
            stop => Assert.Contains("scale deployment/server", stop, StringComparison.Ordinal),
            find => Assert.Contains("find-transaction", find, StringComparison.Ordinal),
            claim => Assert.Contains("PersistentVolumeClaim", claim, StringComparison.Ordinal),
            restore => Assert.Contains("UNTIL=", restore, StringComparison.Ordinal),
            start => Assert.Contains("mysql-restored", start, StringComparison.Ordinal)
        );
    }
}
