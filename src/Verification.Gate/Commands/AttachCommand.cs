using System.CommandLine;
using Verification.Cluster.Attaching;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify attach</c>.</summary>
internal static class AttachCommand
{
    public static Command Make(Invoker invoke)
    {
        // Whichever context is current might be production's: it is named.
        var context = new Option<string>("--context")
        {
            Description = "Context of kubectl: of the files of KUBECONFIG, else of ~/.kube/config",
            HelpName = "NAME",
            Required = true,
        };
        var space = new Option<string>("--namespace")
        {
            Description = "Namespace that Helmfile has deployed to",
            HelpName = "NAME",
            Required = true,
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where the description goes. Default: runs/attached/stack.json",
            HelpName = "FILE",
        };
        var command = new Command(
            "attach",
            """
            Find the platform that Helmfile has deployed to a namespace, and describe it for a gate. It is found by the labels of its charts, and described in a stack.json.
            Nothing is changed there. The credentials of its services go to secrets/ beside the file, readable by its owner only.

            Examples:
              ./verify attach --context staging --namespace sportbuff
              ./verify gate --profile deployed --stack runs/attached/stack.json
            """
        )
        {
            context,
            space,
            output,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async called =>
                {
                    var file = parsed.GetValue(output) ?? Path.Combine(called.Root.Runs, "attached", "stack.json");
                    var stack = await DeployedPlatform
                        .DescribeAsync(parsed.GetValue(context)!, parsed.GetValue(space)!, called.Root, file, called.Ended)
                        .ConfigureAwait(false);
                    foreach (var component in stack.Components)
                        called.Progress.Good($"{component.Role}: {component.Image} ({component.Digest})");
                    called.Progress.Say($"Judge it with ./verify gate --profile {Profile.OfDeployed} --stack {file}");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }
}
