using System.CommandLine;
using Verification.Gate.Compose;
using Verification.Gate.Platform;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Topologies;

namespace Verification.Gate.Commands;

/// <summary><c>verify up</c>, <c>down</c>, <c>sweep</c> and <c>images</c>.</summary>
internal static class StackCommands
{
    public static Command Up(Invoker invoke)
    {
        var dashboard = Port("--port-dashboard", "Port of the Dashboard on this machine", 8080);
        var server = Port("--port-server", "Port of the Server on this machine", 8081);
        var destructive = new Option<bool>("--destructive") { Description = "A gate that measures it may break it and empty its table" };
        var monitoring = new Option<bool>("--monitoring") { Description = "With Prometheus, Alertmanager and exporters" };
        var logging = new Option<bool>("--logging") { Description = "With Elasticsearch, and Fluentd that sends it all logs" };
        var platform = new PlatformOptions();
        var command = new Command(
            "up",
            """
            Start a platform to work with; it stays until ./verify down. Exit code 4 where one of its ports is taken: the message says by which stack.

            Examples:
              ./verify up
              ./verify up --port-dashboard 9080 --port-server 9081
              ./verify up --monitoring --logging
            """
        )
        {
            dashboard,
            server,
            destructive,
            monitoring,
            logging,
        };
        platform.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    context.MustRecord();
                    var choice = platform.Of(parsed, context.Root, context.Root.Gates);
                    IReadOnlyList<TopologyAddition> added =
                    [
                        .. parsed.GetValue(monitoring) ? [KnownTopologies.Monitoring] : Array.Empty<TopologyAddition>(),
                        .. parsed.GetValue(logging) ? [KnownTopologies.Logging] : Array.Empty<TopologyAddition>(),
                    ];
                    await DockerPlatform
                        .UpAsync(
                            choice with
                            {
                                Topology = added.Aggregate(choice.Topology, KnownTopologies.With),
                            },
                            new WantedPorts(parsed.GetValue(dashboard), parsed.GetValue(server)),
                            parsed.GetValue(destructive),
                            context.Progress,
                            context.Ended
                        )
                        .ConfigureAwait(false);
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    public static Command Down(Invoker invoke)
    {
        var everywhere = Everywhere("Those of other checkouts too");
        var command = new Command(
            "down",
            """
            Remove every platform that ./verify up or gate --keep has left running for this checkout.

            Examples:
              ./verify down
              ./verify down --everywhere
            """
        )
        {
            everywhere,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    using var engine = await DockerEngine.ConnectAsync(context.Ended).ConfigureAwait(false);
                    var removed = await new Sweeper(engine, context.Progress.Doubt)
                        .RemoveKeptAsync(parsed.GetValue(everywhere) ? null : context.Root, context.Ended)
                        .ConfigureAwait(false);
                    foreach (var run in removed)
                        context.Progress.Good($"removed the stack of run {run}");
                    if (removed.Count == 0)
                        context.Progress.Say("no stack is kept that could be removed");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    public static Command Sweep(Invoker invoke)
    {
        var all = new Option<bool>("--all") { Description = "Everything of this checkout's ended runs, kept stacks too" };
        var everywhere = Everywhere("With --all: that of other checkouts too");
        var command = new Command(
            "sweep",
            """
            Remove what dead runs have left in the Docker engine. Living runs, runs of which it can't be seen whether they live, and foreign containers are not touched.

            Examples:
              ./verify sweep
              ./verify sweep --all
              ./verify sweep --all --everywhere
            """
        )
        {
            all,
            everywhere,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    using var engine = await DockerEngine.ConnectAsync(context.Ended).ConfigureAwait(false);
                    var sweeper = new Sweeper(engine, context.Progress.Doubt);
                    var swept = parsed.GetValue(all)
                        ? await sweeper
                            .SweepAllAsync(parsed.GetValue(everywhere) ? null : context.Root, context.Ended)
                            .ConfigureAwait(false)
                        : await sweeper.SweepDeadRunsAsync(context.Ended).ConfigureAwait(false);
                    context.Progress.Good(swept.Count == 0 ? "nothing to sweep" : $"swept {string.Join(", ", swept)}");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    public static Command Images(Invoker invoke)
    {
        var platform = new PlatformOptions();
        var command = new Command(
            "images",
            """
            Make every image available: found here, pulled, or built from Debian packages.
            Then write .env (image names) and obj/compose/ (the published services), which compose.yaml takes in place of official images.

            Example:
              ./verify images
            """
        );
        platform.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    var prepared = await DockerPlatform
                        .PrepareAsync(
                            platform.Of(parsed, context.Root, context.Root.Gates),
                            context.Progress,
                            context.Ended,
                            ComposeStack.Base
                        )
                        .ConfigureAwait(false);
                    foreach (var image in prepared.Images.Values)
                        context.Progress.Good($"{image.Component}: {image.Image} ({image.Version}; {image.Source})");
                    await ComposeStack.PrepareAsync(context.Root, prepared, context.Ended).ConfigureAwait(false);
                    context.Progress.Good("compose.yaml: ready for docker-compose (docs/local-stack.md)");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    private static Option<bool> Everywhere(string description) => new("--everywhere") { Description = description };

    private static Option<int> Port(string name, string description, int value)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "PORT",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var port) || port is < 1 or > 65535))
                result.AddError($"{name} {token.Value}: expected a port from 1 to 65535");
        });
        return option;
    }
}
