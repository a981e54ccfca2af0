using System.CommandLine;
using Verification.Cluster.Attaching;
using Verification.Objectives;
using Verification.Stack;

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
        var monitoring = new Option<string>("--monitoring")
        {
            Description = "Namespace of the Prometheus and the Alertmanager that watch it",
            HelpName = "NAME",
            DefaultValueFactory = _ => AttachedSurroundings.MonitoringNamespace,
        };
        var gateway = new Option<string?>("--gateway")
        {
            Description = "The way by which clients come in from outside: https://HOST or https://HOST:PORT",
            HelpName = "URL",
        };
        var gatewayAddress = new Option<string?>("--gateway-address")
        {
            Description = "What leads to the gateway, in place of what the name of its host means",
            HelpName = "HOST:PORT",
        };
        var gatewayAuthority = new Option<string?>("--gateway-authority")
        {
            Description = "Authorities of the gateway's certificate, PEM. Default: those that this machine trusts",
            HelpName = "FILE",
        };
        var gatewayToken = new Option<string?>("--gateway-token")
        {
            Description = "Token (JWT) of somebody who may post by the gateway",
            HelpName = "env:NAME|file:PATH",
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
            Nothing is changed there. The credentials of its services go to secrets/ beside the file, readable by its owner only. What watches it and the Elasticsearch of its
            namespace are found, too; the way in from outside is whichever is named.

            Examples:
              ./verify attach --context staging --namespace sportbuff
              ./verify attach --context staging --namespace sportbuff --gateway https://staging.sportbuff.example --gateway-token env:TOKEN
              ./verify gate --profile deployed --stack runs/attached/stack.json
            """
        )
        {
            context,
            space,
            monitoring,
            gateway,
            gatewayAddress,
            gatewayAuthority,
            gatewayToken,
            output,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async called =>
                {
                    var file = parsed.GetValue(output) ?? Path.Combine(called.Root.Runs, "attached", "stack.json");
                    var way = GatewayArguments.Read(
                        parsed.GetValue(gateway),
                        parsed.GetValue(gatewayAddress),
                        parsed.GetValue(gatewayAuthority),
                        parsed.GetValue(gatewayToken)
                    );
                    var stack = await DeployedPlatform
                        .DescribeAsync(
                            parsed.GetValue(context)!,
                            parsed.GetValue(space)!,
                            new AttachedSurroundings(parsed.GetValue(monitoring)!, way.Gateway, way.Token),
                            called.Root,
                            file,
                            called.Ended
                        )
                        .ConfigureAwait(false);
                    foreach (var component in stack.Components)
                        called.Progress.Good($"{component.Role}: {component.Image} ({component.Digest})");
                    foreach (var lack in LacksOf(stack))
                        called.Progress.Doubt(lack);
                    called.Progress.Say($"Judge it with ./verify gate --profile {Profile.OfDeployed} --stack {file}");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    /// <summary>What of the platform's surroundings can't be judged, and why.</summary>
    private static IEnumerable<string> LacksOf(StackDescription stack) =>
        new (string Capability, string Lack)[]
        {
            (
                StackDescription.WatchedCapability,
                "no Prometheus and Alertmanager that this user may look at were found, so nobody is asked whether targets are up and alerts fire: name their namespace with --monitoring"
            ),
            (
                StackDescription.LoggedCapability,
                "no Elasticsearch is in the namespace of the platform, so no buff is looked for in its logs"
            ),
            (
                StackDescription.RecordedCapability,
                "no release is recorded there (release-history), so nobody knows whether what runs was let through"
            ),
            (StackDescription.GatewayCapability, "no way in from outside is tried: name it with --gateway and --gateway-token"),
        }
            .Where(each => !stack.Capabilities.Contains(each.Capability))
            .Select(each => each.Lack);
}
