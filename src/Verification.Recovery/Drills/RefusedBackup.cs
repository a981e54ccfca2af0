namespace Verification.Recovery;

/// <summary>A procedure that makes no backup, and as what it is refused.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="Procedure">Which one of <c>config/backup</c>.</param>
/// <param name="ExitCode">The exit code that <c>docs/recovery.md</c> gives it.</param>
public sealed record RefusedBackup(string Name, string Procedure, long ExitCode)
{
    /// <summary>Programs that stand before those of the same names, as commands of bash; what they do not stand for the next of that name
    /// does, which <c>real</c> runs.</summary>
    public IReadOnlyDictionary<string, string> Programs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is executed on the donor before; null for nothing.</summary>
    public string? Statements { get; init; }

    /// <summary>What takes that back.</summary>
    public string? Undoing { get; init; }

    /// <summary>What is done in the container of the job before, as commands; null for nothing.</summary>
    public string? Preparation { get; init; }

    /// <summary>Variables of the procedure, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>How many snapshots are left: of a backup that counts one, and of a logical one two, its dump and its manifest.</summary>
    public int Left { get; init; }

    private const string Physical = "backup-physical";
    private const string Logical = "backup-logical";

    private static readonly Dictionary<string, string> OtherSeries = Program(
        "mysqld",
        "if [ \"$1\" = --version ]; then echo 'mysqld  Ver 5.7.44 for Linux'; else real mysqld \"$@\"; fi"
    );

    /// <summary>What can be wrong with a donor, with what it holds, with a dump or with an upload; at last, with nothing.</summary>
    public static IReadOnlyList<RefusedBackup> All { get; } =
    [
        new("a donor that does not answer", Physical, 10) { Environment = ["DB_PORT=1"] },
        new("a clone of another series", Physical, 10) { Programs = OtherSeries },
        new("a dump of another series", Logical, 10) { Programs = OtherSeries },
        Without("backup-password", Physical),
        Without("dumper-password", Logical),
        Without("repository-password", Physical),
        // What the refusal says would be taken for the password.
        Without("dumper-password", "create-accounts"),
        new("a table that CLONE leaves empty", Physical, 11)
        {
            Statements = "CREATE DATABASE drill_engines; CREATE TABLE drill_engines.left_out (a INT) ENGINE = MyISAM",
            Undoing = "DROP DATABASE drill_engines",
        },
        new("a page that is damaged behind the clone", Physical, 11)
        {
            Programs = Program(
                "innochecksum",
                """
                file=${!#}
                if [ ! -e /tmp/damaged ]; then
                  touch /tmp/damaged
                  printf '\132\133' | dd of="$file" bs=1 seek=$((3 * 16384 + 100)) conv=notrunc
                fi
                real innochecksum "$@"
                """
            ),
        },
        // What it has uploaded is there, and said to lack something.
        new("an upload that is not whole", Physical, 12)
        {
            Programs = Program("restic", "real restic \"$@\" || exit; [[ \" $* \" != *' backup '* ]] || exit 3"),
            Left = 1,
        },
        new("a dump that fails in its middle", Logical, 12)
        {
            Programs = Program("mysqldump", "real mysqldump \"$@\" | head -c 3000; exit 1"),
        },
        new("a dump that only ends in its middle", Logical, 25)
        {
            Programs = Program("mysqldump", "real mysqldump \"$@\" | head -c 3000; exit 0"),
            Left = 1,
        },
        new("nothing is wrong with a clone", Physical, 0) { Left = 1 },
        new("nothing is wrong with a dump", Logical, 0) { Left = 2 },
    ];

    private static RefusedBackup Without(string secret, string procedure) =>
        new($"{procedure} without {secret}", procedure, 2)
        {
            Preparation = $"rm -rf /tmp/fewer; cp -r $SECRETS /tmp/fewer; rm /tmp/fewer/{secret}",
            Environment = ["SECRETS=/tmp/fewer"],
        };

    private static Dictionary<string, string> Program(string name, string commands) =>
        new(StringComparer.Ordinal) { [name] = $"#!/bin/bash\nreal() {{ PATH=${{PATH#*:}} \"$@\"; }}\n{commands}\n" };
}
