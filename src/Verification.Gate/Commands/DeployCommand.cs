using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify deploy</c>: the part of a nightly gate that deploys to a cluster.</summary>
internal static class DeployCommand
{
    private const string Profile = "nightly";

    /// <summary>What the objectives of the suite <c>deployment</c> begin with.</summary>
    private static readonly string[] Areas = ["deploy.", "manifests."];

    public static Command Make(Invoker invoke)
    {
        var command = new Command(
            "deploy",
            """
            Deploy the platform to a throwaway Kubernetes and judge what is seen there. It is a gate of the objectives deploy.… and manifests.… alone.
            It needs the programs helm and helmfile, on PATH or in the folder that VERIFY_TOOLS names, and rancher/k3s from a registry or the programs of images/kubernetes.

            Example:
              VERIFY_TOOLS=/opt/tools ./verify deploy
            """
        );
        command.SetAction(
            (_, _) =>
                invoke(context =>
                {
                    context.MustRecord();
                    var gates = GatesFile.Read(context.Root.Gates);
                    var options = new GateOptions
                    {
                        Profile = Profile,
                        Only =
                        [
                            .. gates
                                .Profiles[Profile]
                                .Requirements.Keys.Where(objective =>
                                    Areas.Any(area => objective.StartsWith(area, StringComparison.Ordinal))
                                ),
                        ],
                        Gates = context.Root.Gates,
                        Sut = context.Root.Sut,
                    };
                    return new GateRun(context.Root, context.Progress, context.Time).RunAsync(options, context.Interruption);
                })
        );
        return command;
    }
}
