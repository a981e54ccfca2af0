namespace Verification.Recovery;

/// <summary>A restore that must be refused, and as what.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="ExitCode">The exit code that <c>docs/recovery.md</c> gives it.</param>
public sealed record RefusedRestore(string Name, long ExitCode)
{
    /// <summary>The procedure that must refuse.</summary>
    public string Procedure { get; init; } = "restore";

    /// <summary>What is done to the repository of bases before, as commands in its folder at the S3 target; null for nothing.</summary>
    public string? Rot { get; init; }

    /// <summary>What is done to the archive of binary logs before, as commands in the folder of its server; null for nothing.</summary>
    public string? Damage { get; init; }

    /// <summary>What is done in the container of the job before, as commands with the folder in <c>TARGET</c>; null for nothing.</summary>
    public string? Preparation { get; init; }

    /// <summary>Variables of the procedure, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    // Of those that were closed since the backup the last but one.
    private const string Middle = "$(ls *.[0-9]* | tail -n 2 | head -n 1)";

    private const string InRepositories = "source /opt/backup/report; source /opt/backup/repositories; cd $(mktemp -d)";

    /// <summary>What can be wrong with an archive, a target, a server, a key or a base.</summary>
    public static IReadOnlyList<RefusedRestore> All { get; } =
    [
        new("a binary log in the middle is missing", 20) { Damage = $"rm {Middle}" },
        new("a binary log is cut in an event", 20) { Damage = $"truncate --size=-7 {Middle}" },
        new("a binary log has a flipped bit", 20) { Damage = $"printf '\\132\\133' | dd of={Middle} bs=1 seek=300 conv=notrunc" },
        new("the server id of the lost server", 22) { Environment = ["RESTORE_SERVER_ID=1"] },
        new("a target that is not empty", 21) { Preparation = "mkdir -p $TARGET && touch $TARGET/precious" },
        new("a key of another repository", 12)
        {
            Preparation = "cp -r $SECRETS /tmp/other && echo other >/tmp/other/repository-password",
            Environment = ["SECRETS=/tmp/other"],
        },
        new("a retention after which a binary log in the middle is missing", 20) { Damage = $"rm {Middle}", Procedure = "retain" },
        // One that is not forgotten would have no manifest.
        new("a retention that forgets a base of long ago", 0)
        {
            Procedure = "retain",
            Preparation = $"""
                {InRepositories}
                in_repository base dump latest manifest.json >manifest.json
                in_repository base backup --host mysql --time "$(date --date '1 hour ago' '+%F %T')" manifest.json
                in_repository base backup --host mysql --time '2020-01-01 00:00:00' /etc/hostname
                """,
        },
        // No repository loses by itself what it keeps: a program says so as soon as one was pruned.
        new("a retention behind which what stays is gone", 12)
        {
            Procedure = "retain",
            Preparation = """
                mkdir /tmp/losing
                cat >/tmp/losing/restic <<'PROGRAM'
                #!/bin/bash
                [[ " $* " != *' prune '* ]] || touch /tmp/losing/pruned
                if [ -e /tmp/losing/pruned ] && [[ " $* " == *' dump '* ]]; then
                  echo >&2 'Fatal: it is gone'
                  exit 1
                fi
                PATH=${PATH#*:} restic "$@"
                PROGRAM
                chmod +x /tmp/losing/restic
                """,
            Environment = ["PATH=/tmp/losing:/opt/backup:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        },
        new("a retention of bases with a flipped bit", 12)
        {
            Procedure = "retain",
            Rot =
                "pack=$(ls -S data/*/* | head -n 1); printf '\\132\\133' | dd of=$pack bs=1 seek=$(($(stat -c %s $pack) / 2)) conv=notrunc",
            Environment = ["SHARE=1/1"],
        },
        new("a base with flipped bits in each pack", 12)
        {
            Rot = "for pack in data/*/*; do printf '\\132\\133' | dd of=$pack bs=1 seek=$(($(stat -c %s $pack) / 2)) conv=notrunc; done",
        },
        // The last ones: each stays the newest.
        new("a base that brings the UUID of the lost server", 22)
        {
            Preparation = $"""
                {InRepositories}
                in_repository base restore latest --target .
                sed -E 's/.*"uuid":"([^"]+)".*/[auto]\nserver-uuid=\1/' manifest.json >data/auto.cnf
                in_repository base backup --host mysql data manifest.json content.json
                """,
        },
        new("a base that lacks a file", 26)
        {
            Preparation = $"""
                {InRepositories}
                in_repository base restore latest --target .
                rm data/*/buffs.ibd
                in_repository base backup --host mysql data manifest.json content.json
                """,
        },
        new("a base of a later patch level", 23)
        {
            Preparation = $"""
                {InRepositories}
                in_repository base dump latest content.json >content.json
                in_repository base dump latest manifest.json | sed -E 's/"readBy":"([0-9]+\.[0-9]+)\.[0-9]+"/"readBy":"\1.999"/' >manifest.json
                mkdir data
                touch data/ibdata1
                in_repository base backup --host mysql data manifest.json content.json
                """,
        },
        new("a base of another series", 23)
        {
            Preparation = $"""
                {InRepositories}
                in_repository base dump latest content.json >content.json
                in_repository base dump latest manifest.json | sed -E 's/"version":"[^"]+"/"version":"5.7.44"/' >manifest.json
                mkdir data
                touch data/ibdata1
                in_repository base backup --host mysql data manifest.json content.json
                """,
        },
    ];
}
