using System.CommandLine;
using Verification.Gate.Drills;
using Verification.Recovery;

namespace Verification.Gate.Commands;

/// <summary><c>verify drill latest</c>.</summary>
internal static class DrillLatestCommand
{
    private const string Tail = "tail";
    private static readonly string[] Schemes = ["s3:", "rest:"];
    private static readonly string[] AccessVariables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

    public static Command Make(Invoker invoke)
    {
        var bases = Repository("--base", "The repository of bases");
        bases.Required = true;
        var binlogs = Repository("--binlogs", "The repository of closed binary logs");
        binlogs.Required = true;
        var tail = Repository("--tail", "The repository of open binary logs [default: tail, beside that of the closed ones]");
        var key = new Option<string>("--key")
        {
            Description = "Where the key of the repositories is read: env:NAME or file:PATH",
            HelpName = "SOURCE",
            Required = true,
        };
        var credentials = new Option<string?>("--credentials")
        {
            Description =
                $"Where a credentials file of AWS is read: env:NAME or file:PATH [default: {string.Join(", ", AccessVariables)} of the environment]",
            HelpName = "SOURCE",
        };
        var network = new Option<string>("--network")
        {
            Description = "The network of the engine from which the target is reached",
            HelpName = "NAME",
            DefaultValueFactory = _ => "bridge",
        };
        var metrics = new Option<string?>("--metrics")
        {
            Description = "A file that is told of a drill that has proven all, as Prometheus reads it",
            HelpName = "FILE",
        };
        var command = new Command(
            "latest",
            """
            Restore production's newest backup on this machine and ask it, by credentials that can only read. It is copied by a container that reaches the
            target, restored by one that reaches nothing, proven, and thrown away.

            Exit code 0 all is proven, 1 the backup cannot be restored, 3 it could not be had.

            Examples:
              ./verify drill latest --base s3:https://s3.example/backup/base --binlogs s3:https://s3.example/backup/binlogs --key env:BACKUP_KEY
            """
        )
        {
            bases,
            binlogs,
            tail,
            key,
            credentials,
            network,
            metrics,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                {
                    var closed = parsed.GetValue(binlogs)!;
                    var target = new BackupTarget(
                        parsed.GetValue(bases)!,
                        closed,
                        parsed.GetValue(tail) ?? BesideOf(closed),
                        SecretSource.Read("--key", parsed.GetValue(key)!),
                        parsed.GetValue(credentials) is { } source ? SecretSource.Read("--credentials", source) : OfEnvironment()
                    );
                    context.MustRecord();
                    return new LatestDrillRun(context.Root, context.Progress).RunAsync(
                        target,
                        parsed.GetValue(network)!,
                        parsed.GetValue(metrics),
                        context.Interruption
                    );
                })
        );
        return command;
    }

    /// <summary>Where the open binary logs are, as <c>config/backup</c> has it: beside the closed ones.</summary>
    internal static string BesideOf(string binlogs)
    {
        var trimmed = binlogs.TrimEnd('/');
        return string.Concat(trimmed.AsSpan(0, trimmed.LastIndexOf('/') + 1), Tail);
    }

    private static string? OfEnvironment() =>
        Environment.GetEnvironmentVariable(AccessVariables[0]) is { Length: > 0 } user
        && Environment.GetEnvironmentVariable(AccessVariables[1]) is { Length: > 0 } secret
            ? $"[default]\naws_access_key_id = {user}\naws_secret_access_key = {secret}\n"
            : null;

    private static Option<string?> Repository(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Schemes.Any(scheme => token.Value.StartsWith(scheme, StringComparison.Ordinal)))
                result.AddError(
                    $"{name} {token.Value}: expected a repository as restic names it, on an S3 target (s3:https://HOST/BUCKET/PATH) or a REST server (rest:https://HOST/PATH/)."
                );
        });
        return option;
    }
}
