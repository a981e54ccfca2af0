using System.CommandLine;
using Verification.Gate.Admission;

namespace Verification.Gate.Commands;

/// <summary><c>verify admit</c>.</summary>
internal static class AdmitCommand
{
    private const string DefaultAge = "24h";

    public static Command Make(Invoker invoke)
    {
        var verdict = new Argument<string?>("VERDICT")
        {
            Description = "A verdict.json, or the folder of its run, to look at alone",
            Arity = ArgumentArity.ZeroOrOne,
        };
        verdict.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !File.Exists(token.Value) && !Directory.Exists(token.Value))
                result.AddError(
                    $"there is no verdict {token.Value}. Name a verdict.json or the folder of a run, or leave it out to look at all stored runs."
                );
        });
        var maxAge = new Option<string?>("--max-age")
        {
            Description = "How long ago its run may have ended, such as 90m, 12h, 3d",
            HelpName = "AGE",
            DefaultValueFactory = _ => DefaultAge,
        };
        DurationOption.Check(maxAge, _ => null);
        var runs = new Option<string?>("--runs") { Description = "Folder of the stored runs. Default: runs/", HelpName = "DIR" };
        runs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Directory.Exists(token.Value))
                result.AddError($"--runs {token.Value}: there is no such folder. Name one that holds runs, or leave the option out.");
        });
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
        var deployed = new Option<string?>("--deployed")
        {
            Description = "Admit what this file names (environments/NAME/images.yaml), by the verdicts beside its images in their registry",
            HelpName = "FILE",
        };
        deployed.Validators.Add(PlatformOptions.MustExist);
        var key = new Option<string?>(AdmissionRun.KeyOption)
        {
            Description = "Take only a verdict that this public key has signed (PEM, ECDSA P-256)",
            HelpName = "FILE",
        };
        key.Validators.Add(PlatformOptions.MustExist);
        var require = new Option<string?>("--require")
        {
            Description = "Take only a verdict of this profile or one that asks more: pr, nightly, release",
            HelpName = "PROFILE",
        };
        require.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !AdmittingProfile.Names.Contains(token.Value))
                result.AddError(
                    $"--require {token.Value}: expected {string.Join(", ", AdmittingProfile.Names)}: the least profile whose verdict admits."
                );
        });
        var record = new Option<bool>("--record")
        {
            Description = "Write what is admitted into the list by which a cluster admits images (charts/admission)",
        };
        var history = new Option<bool>("--history")
        {
            Description =
                "Add what is admitted to the history of releases of a cluster; what a verdict has admitted there before is admitted whatever its age",
        };
        var enforced = new Option<bool>("--enforced")
        {
            Description = "Of --history: admit nothing where the cluster does not demand verdicts itself (charts/admission)",
        };
        var overridden = new Option<string?>("--override")
        {
            Description = "Of --history: let it through without a verdict, and record why",
            HelpName = "REASON",
        };
        overridden.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
                result.AddError(
                    "--override '': expected why this is let through without a verdict, in a sentence that whoever reads the history understands."
                );
        });
        var cluster = new Option<string?>("--context")
        {
            Description = "Of --record and --history: context of kubectl whose user may write there",
            HelpName = "NAME",
        };
        var space = new Option<string?>("--namespace")
        {
            Description = "Of --record and --history: namespace of the platform",
            HelpName = "NAME",
        };
        var platform = new PlatformOptions();
        var command = new Command(
            "admit",
            """
            Say whether a stored verdict admits this release to production. Starts, pulls and makes nothing.

            Exit code 0 only if a PASS is at hand for exactly the images that this engine has, this config/, this gates.yaml and this environment, from a
            whole run that ended no longer ago than --max-age. PASS with waivers admits while every waiver still holds today. 1: a verdict is at hand
            and none admits; the message names the nearest and what differs. 3: none is at hand. 4: no engine answers, so the images are not known.

            With --deployed the images are those of the file, and the verdicts come from their registry: no engine and no stored run is needed.

            The run's evidence is judged again, so an edited verdict.json admits nothing. Whoever can write the run's folder, or its registry, can forge all of
            it: with --key nothing is taken that is unsigned, changed, or signed by another key (a gate signs with VERIFY_SIGNING_KEY).

            A verdict of any profile admits, unless --require names the least that does: a PASS of pr, of two minutes, is not one of release.

            With --history what is admitted is added to the history of releases that the cluster keeps, with its user; a release that a verdict has admitted there
            before, with the config/ of now, is admitted whatever its age, so that a rollback need not wait. --enforced admits nothing where somebody has switched
            off the policy by which the cluster itself demands verdicts. --override lets anything through, and is recorded.

            Examples:
              ./verify admit
              ./verify admit --max-age 12h --image dashboard=registry.example/dashboard:1.2 server=registry.example/server:1.2
              ./verify admit runs/20261124-083015-4f2a --environment staging
              ./verify admit --deployed environments/production/images.yaml --environment production --key verdicts.pub --require release
              ./verify admit --deployed environments/production/images.yaml --environment production --key verdicts.pub --require release --record --context recorder --namespace sportbuff
              ./verify admit --deployed environments/production/images.yaml --environment production --key verdicts.pub --require release --history --context production --namespace sportbuff
            """
        )
        {
            verdict,
            maxAge,
            runs,
            gates,
            environment,
            deployed,
            key,
            require,
            record,
            history,
            enforced,
            overridden,
            cluster,
            space,
        };
        platform.AddImagesTo(command);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(deployed) is not null
                && (result.GetResult(verdict) is { Tokens.Count: > 0 } || result.GetResult(runs) is not null)
            )
                result.AddError("--deployed takes its verdicts from the registry: leave out VERDICT and --runs.");
            var isRecorded = result.GetResult(record) is not null;
            var isHistory = result.GetResult(history) is not null;
            if (isRecorded && isHistory)
                result.AddError(
                    "--record and --history are asked for by two users, one who admits images and one who deploys them: name one of the two."
                );
            if (
                isHistory && new Option[] { deployed, cluster, space }.FirstOrDefault(each => result.GetResult(each) is null) is { } lacking
            )
                result.AddError(
                    $"--history needs {lacking.Name}: what is recorded is what a file deploys, to a cluster and a namespace that are named."
                );
            if (!isHistory && result.GetResult(overridden) is not null)
                result.AddError("--override needs --history: what is let through without a verdict is recorded, or is not let through.");
            if (!isHistory && result.GetResult(enforced) is not null)
                result.AddError("--enforced needs --history: --record looks by itself whether the cluster demands verdicts.");
            // A cluster runs what is recorded: nothing less than a signed verdict about what a registry has is.
            Option[] needed = [deployed, key, require, environment, cluster, space];
            if (isRecorded && needed.FirstOrDefault(each => result.GetResult(each) is null or { Implicit: true }) is { } missing)
                result.AddError(
                    $"--record needs {missing.Name}: what is recorded is what a file deploys, by a signed verdict of a profile and an environment that are named, in a cluster and a namespace that are named."
                );
            if (
                !isRecorded
                && !isHistory
                && new Option[] { cluster, space }.FirstOrDefault(each => result.GetResult(each) is not null) is { } idle
            )
                result.AddError($"{idle.Name} says where --record and --history write: name one of those, too, or leave it out.");
        });
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                {
                    var rules = parsed.GetValue(gates) ?? context.Root.Gates;
                    var choice = platform.Of(parsed, context.Root, rules);
                    var place = parsed.GetValue(cluster) is { } named ? new ClusterPlace(named, parsed.GetValue(space)!) : null;
                    var options = new AdmissionOptions(
                        parsed.GetValue(verdict),
                        parsed.GetValue(runs) ?? context.Root.Runs,
                        rules,
                        choice.Sut,
                        choice.Images,
                        parsed.GetValue(environment)!,
                        DurationOption.Of(parsed, maxAge)!.Value
                    )
                    {
                        Deployed = parsed.GetValue(deployed),
                        Key = parsed.GetValue(key),
                        Require = parsed.GetValue(require),
                        Record = parsed.GetValue(record) ? place : null,
                        History = parsed.GetValue(history) ? place : null,
                        Enforced = parsed.GetValue(enforced),
                        Override = parsed.GetValue(overridden),
                    };
                    return new AdmissionRun(context.Root, context.Progress, context.Time).RunAsync(options, context.Ended);
                })
        );
        return command;
    }
}
