namespace Verification.Recovery;

/// <summary>What a thief does with the credentials of a job, its key of the repositories among them.</summary>
/// <param name="Name">What he is after, in a few words.</param>
/// <param name="Commands">Commands in a container with the procedures, with what is to be lost in <c>BASE</c>, <c>DUMP</c> and
/// <c>ARCHIVE</c>: the snapshots of a physical and a logical backup, and of closed binary logs.</param>
public sealed record CredentialAbuse(string Name, string Commands)
{
    // restic tries for many minutes what it may not do.
    private const string Patience = "10";

    /// <summary>Comes before the commands of each: <c>abuse KIND COMMAND...</c>, a request as it is. A lock of the one before would hold
    /// the next one up.</summary>
    private const string Preparation = """
        source /opt/backup/report
        trap - ERR
        source /opt/backup/repositories
        abuse() { timeout --kill-after 1 $PATIENCE restic --repo "$REPOSITORY/$1" --no-cache "${@:2}"; }
        # request METHOD PATH [BODY]
        request() {
          local host=${REPOSITORY#rest:http://}
          exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
          printf '%s /%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Basic %s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
            "$1" "$2" "$host" "$(printf '%s' "$RESTIC_REST_USERNAME:$RESTIC_REST_PASSWORD" | base64 -w 0)" "${#3}" "${3-}" >&3
          timeout $PATIENCE cat <&3
        }
        for kind in base logical binlogs; do abuse $kind unlock --remove-all; done
        """;

    private static readonly CredentialAbuse Forgetting = new("a base is forgotten", "abuse base forget $BASE");

    /// <summary>What must remove something where it may: one by restic, one by a request.</summary>
    public static IReadOnlyList<CredentialAbuse> CounterProofs { get; } =
    [Forgetting, new("a dump is deleted by a request", "request DELETE logical/snapshots/$DUMP")];

    /// <summary>What is added so that the retention, which may remove, takes it for a reason to forget the rest. The first have a manifest
    /// that is proven.</summary>
    public static IReadOnlyList<CredentialAbuse> Additions { get; } =
    [
        new(
            "bases of the future are added",
            """
            cd $(mktemp -d)
            abuse base dump $BASE manifest.json >manifest.json
            for day in 1 2 3; do abuse base backup --host mysql --tag mine --time "2099-01-0$day 00:00:00" manifest.json; done
            """
        ),
        new("bases without a manifest are added", "for each in 1 2 3; do abuse base backup --host mysql --tag mine /etc/hostname; done"),
        new(
            "archives that hold nothing are added",
            "cd $(mktemp -d); for each in {1..11}; do abuse binlogs backup --host mysql --tag mine .; done"
        ),
    ];

    /// <summary>Removes what was added, by credentials that may.</summary>
    public static CredentialAbuse Removal { get; } =
        new(
            "what was added is removed",
            """
            for kind in base binlogs; do
              ids=$(abuse $kind snapshots --tag mine --json | grep -oE '"id":"[0-9a-f]+"' | cut -d '"' -f 4)
              [ -z "$ids" ] || abuse $kind forget $ids
            done
            """
        );

    /// <summary>All that is tried.</summary>
    public static IReadOnlyList<CredentialAbuse> All { get; } =
    [
        Forgetting,
        new("a dump is forgotten and pruned", "abuse logical forget $DUMP --prune"),
        new("an archive is forgotten and pruned", "abuse binlogs forget $ARCHIVE --prune"),
        new("a base is replaced by one with another tag", "abuse base tag --set mine $BASE"),
        new("a base is replaced by one without its manifest", "abuse base rewrite --forget --exclude manifest.json $BASE"),
        new("the index is made anew", "abuse base repair index --read-all-packs"),
        new("the key is changed", "echo mine >/tmp/mine; abuse base key passwd --new-password-file /tmp/mine"),
        new("a snapshot is deleted by a request", "request DELETE base/snapshots/$BASE"),
        new("a snapshot is written over by a request", "request POST base/snapshots/$BASE nothing"),
        new("the repository is deleted by a request", "request DELETE base/config; request DELETE base/"),
        new("the repository is made anew by a request", "request POST base/config nothing; request POST 'base/?create=true'"),
    ];

    /// <summary>The whole of it, as a shell takes it.</summary>
    public string Script => $"PATIENCE={Patience}\n{Preparation}\n{Commands}";
}
