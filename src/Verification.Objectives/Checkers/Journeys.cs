using System.Globalization;

namespace Verification.Objectives;

/// <summary>Says how far buffs got that an account finds lost, buried or doubled, and so whose fault it is, or between which two it
/// happened.</summary>
public static class Journeys
{
    private const int Told = 3;
    private const string Dashboard = "dashboard";
    private const string Broker = "broker";
    private const string Server = "server";
    private const string MySql = "mysql";

    /// <summary>Follows the buffs of an account that do not stand exactly once in the table, or should not stand there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="notes">What each service has written of the buffs of the scenario, the sound ones too: of a service that writes of none
    /// of them nothing can be told.</param>
    /// <param name="struck">Components that a fault was aimed at.</param>
    /// <param name="posts">Operations: of each buff it is told what its POSTs were answered, and by whom; null for none.</param>
    public static JourneyResult Of(
        LedgerResult account,
        IReadOnlyList<TraceNotes> notes,
        IReadOnlySet<string> struck,
        IReadOnlyList<HistoryLine>? posts = null
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        var answered = (posts ?? [])
            .Where(line => line is { Kind: HistoryKind.Op, Name: "post", Marker: not null })
            .ToLookup(line => line.Marker!, StringComparer.Ordinal);
        var dashboards = notes.Where(each => each.Component == Dashboard).ToList();
        var servers = notes.Where(each => each.Component == Server).ToList();
        var journeys = account
            .Lost.Select(marker => Lost(marker, dashboards, servers, struck))
            .Concat(
                account.DeadLettered.Select(marker => new Journey(
                    marker,
                    $"{Notes(marker, notes)}; it lies in the dead-letter queue",
                    [Server, Dashboard]
                ))
            )
            .Concat(account.Duplicated.Select(marker => Doubled(marker, dashboards, servers, struck)))
            .Concat(
                account.Unexpected.Select(marker => new Journey(
                    marker,
                    $"{Notes(marker, notes)}; it is there, and nobody was told so",
                    [Dashboard, Server]
                ))
            )
            .ToList();
        // Most of them decide: one may have met with a fault of its own.
        var common = journeys
            .Where(each => each.Suspects.Count > 0)
            .GroupBy(each => string.Join(' ', each.Suspects), StringComparer.Ordinal)
            .MaxBy(group => group.Count());
        var told = (common ?? journeys.AsEnumerable())
            .Take(Told)
            .Select(each => $"'{each.Marker}': {Answers([.. answered[each.Marker]])}{each.Way}");
        return new JourneyResult(journeys.Count == 0 ? null : string.Join("; ", told), common?.First().Suspects ?? []);
    }

    private static Journey Lost(
        string marker,
        IReadOnlyList<TraceNotes> dashboards,
        IReadOnlyList<TraceNotes> servers,
        IReadOnlySet<string> struck
    )
    {
        var (published, taken) = (Sum(marker, dashboards), Sum(marker, servers));
        var way = Notes(marker, [.. dashboards, .. servers]);
        if (taken.All > 0)
            return new Journey(marker, $"{way}; there is no row", [Server, MySql]);
        if (Tells(dashboards) && (published.All == 0 || published.All == published.Warnings))
            return new Journey(marker, $"{way}; acknowledged all the same", [Dashboard]);
        return Tells(servers)
            ? new Journey(
                marker,
                $"{way}; it went between the two",
                struck.Contains(Broker) && !struck.Contains(Server) ? [Broker, Server] : [Server, Broker]
            )
            : new Journey(marker, way, []);
    }

    private static Journey Doubled(
        string marker,
        IReadOnlyList<TraceNotes> dashboards,
        IReadOnlyList<TraceNotes> servers,
        IReadOnlySet<string> struck
    )
    {
        var (published, taken) = (Sum(marker, dashboards), Sum(marker, servers));
        var way = Notes(marker, [.. dashboards, .. servers]);
        if (servers.Count(each => each.Lines.ContainsKey(marker)) > 1)
            return new Journey(marker, $"{way}; it was given to both", struck.Count == 0 ? [Broker, Server] : [Server, Broker]);
        if (published.All - published.Warnings > 1)
            return new Journey(marker, $"{way}; it was published more than once", [Dashboard, Server]);
        // Nobody sends again what nothing has happened to: who has stored it twice has got it twice.
        return taken.All > 1 && struck.Count == 0
            ? new Journey(marker, $"{way}; it came more than once", [Dashboard, Server])
            : new Journey(marker, way, taken.All > 0 ? [Server, Dashboard] : []);
    }

    /// <summary>What the POSTs of a buff were answered, and by whom, as the beginning of a sentence; nothing where none is known.</summary>
    private static string Answers(IReadOnlyList<HistoryLine> posts) =>
        posts.Count == 0
            ? string.Empty
            : string.Join(", ", posts.CountBy(Answer).Select(each => each.Value == 1 ? each.Key : $"{each.Key} {each.Value} times")) + "; ";

    private static string Answer(HistoryLine post) =>
        post.Outcome == Outcome.Ok ? $"acknowledged by {post.Instance}"
        : int.TryParse(post.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? $"{post.Instance} answered {status}"
        : $"no answer of {post.Instance}";

    private static bool Tells(IReadOnlyList<TraceNotes> services) => services.Any(each => each.Lines.Count > 0);

    private static TracedLines Sum(string marker, IReadOnlyList<TraceNotes> services) =>
        services.Select(each => each.Lines.GetValueOrDefault(marker)).Aggregate(default(TracedLines), (sum, lines) => sum + lines);

    private static string Notes(string marker, IReadOnlyList<TraceNotes> services) =>
        string.Join(
            ", ",
            services.Select(each =>
                each.Lines switch
                {
                    { Count: 0 } => $"{each.Instance} logs no trace",
                    var lines when lines.TryGetValue(marker, out var found) =>
                        $"{each.Instance} logged it {(found.All == 1 ? "once" : $"{found.All} times")}{(found.Warnings > 0 ? $" ({found.Warnings} of them a warning)" : string.Empty)}",
                    _ => $"{each.Instance} logged nothing of it",
                }
            )
        );

    private sealed record Journey(string Marker, string Way, IReadOnlyList<string> Suspects);
}

/// <summary>How far buffs got.</summary>
/// <param name="Diagnosis">Of up to three, what each service knows of them; null where none went astray.</param>
/// <param name="Suspects">The components at fault for most of them, the likelier first; none where nothing can be told.</param>
public sealed record JourneyResult(string? Diagnosis, IReadOnlyList<string> Suspects);
