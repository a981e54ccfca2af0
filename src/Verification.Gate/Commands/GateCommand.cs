using System.CommandLine;
using Verification.Gate.Attesting;
using Verification.Gate.Endings;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Sessions;

namespace Verification.Gate.Commands;

/// <summary><c>verify gate</c>.</summary>
internal static class GateCommand
{
    /// <summary>As it is called.</summary>
    public const string Name = "gate";

    public static Command Make(Invoker invoke)
    {
        var profile = new Option<string>("--profile")
        {
            Description = "Which objectives must be decided, and in what time",
            HelpName = "NAME",
            DefaultValueFactory = _ => Profile.OfGates,
        };
        var only = new Option<string[]>("--only")
        {
            Description = "Decide these objectives only, one or several (--only a.b c.d, or a.b,c.d); gives no release verdict",
            HelpName = "OBJECTIVE...",
            AllowMultipleArgumentsPerToken = true,
        };
        var gates = new Option<string?>("--gates")
        {
            Description = "Objectives, profiles and waivers. Default: gates.yaml",
            HelpName = "FILE",
        };
        gates.Validators.Add(PlatformOptions.MustExist);
        var environment = new Option<string>("--environment")
        {
            Description = "Name of the environment, for waivers",
            HelpName = "NAME",
            DefaultValueFactory = _ => "local",
        };
        var keep = new Option<bool>("--keep") { Description = "Leave the stack up afterwards; ./verify down removes it" };
        var output = new Option<string?>("--output") { Description = "Copy the reports there too", HelpName = "DIR" };
        var stack = new Option<string?>("--stack")
        {
            Description = "Judge a running platform, described by this stack.json, instead of starting one",
            HelpName = "FILE",
        };
        stack.Validators.Add(PlatformOptions.MustExist);
        var yes = new Option<bool>("--yes")
        {
            Description = "Agree that a deployed platform (--stack) is posted to; where nobody can be asked this is needed",
        };
        var readOnly = new Option<bool>("--read-only")
        {
            Description = "Post nothing to a running platform (--stack): what needs a write is UNKNOWN",
        };
        var previous = PlatformOptions.ImageOption(
            "--previous",
            "Upgrade from, and roll back to, this image of a service",
            "SERVICE=IMAGE",
            PreviousRelease.Services
        );
        var platform = new PlatformOptions();
        var command = new Command(
            Name,
            """
            Say whether this release may go to production: PASS, FAIL or UNKNOWN for each objective.

            Where VERIFY_SIGNING_KEY names a private key (PEM, ECDSA P-256), the verdict of a whole release is signed: verdict.intoto.json, which admit --key asks for.

            Examples:
              ./verify gate
              ./verify gate --profile nightly --output out/
              ./verify gate --only persistence.row-per-post --keep
              ./verify gate --only contract.post contract.get
              ./verify gate --image server=registry.example/server:1.2
              ./verify gate --profile release --previous dashboard=registry.example/dashboard:1.1 server=registry.example/server:1.1
            """
        )
        {
            profile,
            only,
            gates,
            environment,
            keep,
            output,
            stack,
            yes,
            readOnly,
            previous,
        };
        platform.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    var published = parsed.GetValue(output) is { } folder ? OutputFolder.Open(folder, context.Time.GetUtcNow()) : null;
                    try
                    {
                        using var key = SigningKey.OfEnvironment();
                        context.MustRecord();
                        return await new GateRun(context.Root, context.Progress, context.Time)
                            .RunAsync(OptionsOf(parsed, context, published) with { Key = key }, context.Interruption)
                            .ConfigureAwait(false);
                    }
                    catch (Exception e)
                    {
                        published?.Withdraw(EndingOf.Failure(e, context.Interruption));
                        throw;
                    }
                })
        );
        return command;

        GateOptions OptionsOf(ParseResult parsed, CommandContext context, OutputFolder? published)
        {
            var rules = parsed.GetValue(gates) ?? context.Root.Gates;
            var choice = platform.Of(parsed, context.Root, rules);
            var objectives = (parsed.GetValue(only) ?? [])
                .SelectMany(each => each.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .ToList();
            if (parsed.GetResult(only) is not null && objectives.Count == 0)
                throw new UsageException("--only '': no objective is named. Name one, such as contract.post, or leave --only out.");
            var place = parsed.GetValue(environment)!;
            if (string.IsNullOrWhiteSpace(place) || place.Any(char.IsControl))
                throw new UsageException(
                    $"--environment '{Quotation.Of(place)}': expected the name of an environment in one line, such as staging."
                );
            if (parsed.GetValue(yes) && parsed.GetValue(stack) is null)
                throw new UsageException(
                    "--yes without --stack: what is started for the gate is there to be posted to. Name a deployed platform with --stack, or leave --yes out."
                );
            return new GateOptions
            {
                Profile = parsed.GetValue(profile)!,
                Only = objectives,
                Gates = rules,
                Sut = choice.Sut,
                Images = choice.Images,
                Previous = PlatformOptions.ImagesOf(parsed, previous),
                Broker = choice.Broker,
                Environment = place,
                Keep = parsed.GetValue(keep),
                Output = published,
                Stack = parsed.GetValue(stack),
                Agreed = parsed.GetValue(yes),
                ReadOnly = parsed.GetValue(readOnly),
            };
        }
    }
}
