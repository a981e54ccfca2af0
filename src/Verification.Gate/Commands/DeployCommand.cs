using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify deploy</c>: the part of a nightly gate that deploys to a cluster.</summary>
internal static class DeployCommand
{
    private const string Profile = "nightly";

    /// <summary>What the objectives begin with that it decides.</summary>
    private static readonly string[] Areas = ["deploy.", "manifests.", "gateway.", "policies."];

    /// <summary>How long all of it may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    public static Command Make(Invoker invoke)
    {
        var command = new Command(
            "deploy",
            """
            Deploy the platform to a throwaway Kubernetes and judge it there, within 15 min. It is a gate of the objectives deploy.…, manifests.…, gateway.… and policies.… alone.
            It needs the programs helm and helmfile, on PATH or in the folder that VERIFY_TOOLS names, and rancher/k3s from a registry or the programs of images/kubernetes;
            for what has a way in from outside, and for what an API server says of manifests, the folder of definitions that CRDS_DIR names.

            Example:
              VERIFY_TOOLS=/opt/tools CRDS_DIR=/opt/definitions ./verify deploy
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
                        Limit = Limit,
                    };
                    return new GateRun(context.Root, context.Progress, context.Time).RunAsync(options, context.Interruption);
                })
        );
        return command;
    }
}
