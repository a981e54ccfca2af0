using Verification.Cluster.Helmfiles;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What <c>attach</c> looks at is there when what was deployed is judged.</summary>
public sealed class JudgeOrderTests
{
    private const string AtBothEnds = "hooks: [{events: [prepare, cleanup], command: ./environments/hooks/judge-deployed}]\n";
    private const string Noted = "hooks: [{events: [presync], command: ./judge-deployed}]";
    private const string Judged = "hooks: [{events: [postsync], command: ./judge-deployed}]";

    [Fact]
    public void At_the_end_nothing_comes_after_the_judge() =>
        Assert.Empty(Faults(AtBothEnds, $"{{name: x, namespace: a, chart: c, {Noted}}}", "{name: monitors, namespace: a, chart: c}"));

    [Fact]
    public void What_may_come_after_the_judge_of_a_release_is_named() =>
        Assert.Equal(
            [
                "helmfile.yaml(4): release a/y has what was deployed judged at its postsync, and a/monitors, a/gateway may come after it; judge at the end alone (cleanup of the file's own hooks)",
            ],
            Faults(
                AtBothEnds,
                "{name: x, namespace: a, chart: c}",
                $"{{name: y, namespace: a, chart: c, needs: [a/x], {Judged}}}",
                "{name: monitors, namespace: a, chart: c, needs: [a/y]}",
                "{name: gateway, namespace: a, chart: c}"
            )
        );

    [Fact]
    public void Behind_all_of_them_a_release_may_have_it_judged() =>
        Assert.Empty(
            Faults(
                AtBothEnds,
                "{name: x, namespace: a, chart: c}",
                "{name: monitors, namespace: a, chart: c, needs: [a/x]}",
                $"{{name: y, namespace: a, chart: c, needs: [a/monitors], {Judged}}}"
            )
        );

    [Fact]
    public void A_helmfile_that_has_nothing_judged_is_told() =>
        Assert.Equal(
            ["helmfile.yaml: nobody judges what was deployed; call judge-deployed at the event cleanup, by one of the file's own hooks"],
            Faults(string.Empty, $"{{name: x, namespace: a, chart: c, {Noted}}}")
        );

    [Fact]
    public void Ours_judges_last() => Assert.Empty(JudgeOrder.FaultsOf(HelmfileDocument.Read(Path.Combine(Files.Root, "helmfile.yaml"))));

    private static IReadOnlyList<string> Faults(string hooks, params string[] releases) =>
        JudgeOrder.FaultsOf(
            HelmfileDocument.Parse(
                $"{hooks}releases:\n{string.Join('\n', releases.Select(release => $"  - {release}"))}\n",
                "helmfile.yaml"
            )
        );
}
