using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Stack.Sessions;

namespace Verification.Gate.Commands;

/// <summary><c>verify gate</c>.</summary>
internal static class GateCommand
{
    public static Command Make(Invoker invoke)
    {
        var profile = new Option<string>("--profile") { Description = "Which objectives must be decided, and in what time", HelpName = "NAME", DefaultValueFactory = _ => "pr" };
        var only = new Option<string[]>("--only") { Description = "Decide these objectives only; gives no release verdict", HelpName = "OBJECTIVE", AllowMultipleArgumentsPerToken = true };
        var gates = new Option<string?>("--gates") { Description = "Objectives, profiles and waivers. Default: gates.yaml", HelpName = "FILE" };
        gates.Validators.Add(PlatformOptions.MustExist);
        var environment = new Option<string>("--environment") { Description = "Name of the environment, for waivers", HelpName = "NAME", DefaultValueFactory = _ => "local" };
        var keep = new Option<bool>("--keep") { Description = "Leave the stack up afterwards; ./verify down removes it" };
        var output = new Option<string?>("--output") { Description = "Copy the reports there too", HelpName = "DIR" };
        var stack = new Option<string?>("--stack") { Description = "Judge a running platform, described by this stack.json, instead of starting one", HelpName = "FILE" };
        stack.Validators.Add(PlatformOptions.MustExist);
        var previous = PlatformOptions.ImageOption("--previous", "Upgrade from, and roll back to, this image of a service", "SERVICE=IMAGE", PreviousRelease.Services);
        var platform = new PlatformOptions();
        var command = new Command(
            "gate",
            """
            Decide whether this release may go to production: PASS, FAIL or UNKNOWN for each objective, with figures.

            Examples:
              ./verify gate
              ./verify gate --profile nightly --output out/
              ./verify gate --only persistence.row-per-post --keep
              ./verify gate --image server=registry.example/server:1.2
              ./verify gate --profile release --previous dashboard=registry.example/dashboard:1.1 server=registry.example/server:1.1
            """)
        {
            profile, only, gates, environment, keep, output, stack, previous,
        };
        platform.AddTo(command);
        command.SetAction((parsed, _) => invoke(context =>
        {
            var choice = platform.Of(parsed, context.Root);
            var options = new GateOptions(
                parsed.GetValue(profile)!,
                parsed.GetValue(only) ?? [],
                parsed.GetValue(gates) ?? context.Root.Gates,
                choice.Sut,
                choice.Images,
                choice.Broker,
                parsed.GetValue(environment)!,
                parsed.GetValue(keep),
                parsed.GetValue(output),
                parsed.GetValue(stack))
            {
                Previous = PlatformOptions.ImagesOf(parsed, previous),
            };
            return new GateRun(context.Root, context.Progress, context.Time).RunAsync(options, context.Interruption);
        }));
        return command;
    }
}
