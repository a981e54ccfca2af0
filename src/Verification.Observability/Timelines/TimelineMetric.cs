using Verification.Objectives;

namespace Verification.Observability;

/// <summary>What is asked of Prometheus for the picture of a scenario.</summary>
/// <param name="Title">What it is, with its unit.</param>
/// <param name="Queries">The queries.</param>
public sealed record TimelineMetric(string Title, IReadOnlyList<DashboardQuery> Queries)
{
    // What an operator sees of a fault, a report shows by the same queries.
    private static readonly (string Board, string Panel, string Title)[] Panels =
    [
        ("sportbuff-services", "POST: rate", "POSTs a second, by answer"),
        ("sportbuff-services", "POST: errors", "share of POSTs that the Dashboard failed"),
        ("sportbuff-services", "GET: rate", "GETs a second, by answer"),
        ("sportbuff-services", "GET: errors", "share of GETs that the Server failed"),
        ("sportbuff-pipeline", "In the queue", "buffs in the queue"),
    ];

    // A dashboard has this of the services alone.
    private static readonly TimelineMetric Up = new("targets that are up, by job", [new DashboardQuery("sum by (job) (up)", "{{job}}")]);

    /// <summary>All of them.</summary>
    /// <param name="config">The folder <c>config/</c>, with the dashboards.</param>
    /// <exception cref="DocumentException">A file is no dashboard, or a panel is not there.</exception>
    public static IReadOnlyList<TimelineMetric> Read(string config)
    {
        var boards = Dashboard.Read(config);
        return [.. Panels.Select(wanted => new TimelineMetric(wanted.Title, QueriesOf(wanted.Board, wanted.Panel))), Up];

        IReadOnlyList<DashboardQuery> QueriesOf(string board, string panel) =>
            boards.Where(each => each.Uid == board).SelectMany(each => each.Panels).FirstOrDefault(each => each.Title == panel)?.Queries
            ?? throw new DocumentException(
                Path.Combine(config, "dashboards", $"{board}.json"),
                1,
                1,
                $"it has no panel '{panel}', which the pictures of reports ask for"
            );
    }
}
