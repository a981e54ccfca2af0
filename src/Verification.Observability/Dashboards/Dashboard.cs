using System.Text.Json;
using Verification.Objectives;

namespace Verification.Observability;

/// <summary>A dashboard of <c>config/dashboards/</c>, in Grafana's format.</summary>
/// <param name="Uid">What it is known by.</param>
/// <param name="Title">Its title.</param>
/// <param name="Panels">Its panels; a row, which only heads others, is none.</param>
public sealed record Dashboard(string Uid, string Title, IReadOnlyList<DashboardPanel> Panels)
{
    private const string Row = "row";

    /// <summary>Reads every dashboard.</summary>
    /// <param name="config">The folder <c>config/</c>.</param>
    /// <exception cref="DocumentException">A file is no dashboard; the message holds the file.</exception>
    public static IReadOnlyList<Dashboard> Read(string config) =>
        [.. Directory.EnumerateFiles(Path.Combine(config, "dashboards"), "*.json").Order(StringComparer.Ordinal).Select(OfFile)];

    private static Dashboard OfFile(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return new Dashboard(
                Text(document.RootElement, "uid"),
                Text(document.RootElement, "title"),
                [.. document.RootElement.GetProperty("panels").EnumerateArray().Where(panel => Text(panel, "type") != Row).Select(PanelOf)]
            );
        }
        catch (JsonException e)
        {
            throw new DocumentException(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "it is no JSON");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new DocumentException(file, 1, 1, $"it is no dashboard of Grafana: {e.Message}");
        }
    }

    private static DashboardPanel PanelOf(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        return new DashboardPanel(
            panel.GetProperty("id").GetInt32(),
            Text(panel, "title"),
            Text(panel.GetProperty("fieldConfig").GetProperty("defaults"), "unit"),
            Text(panel.GetProperty("datasource"), "uid"),
            new PanelPlace(
                place.GetProperty("x").GetInt32(),
                place.GetProperty("y").GetInt32(),
                place.GetProperty("w").GetInt32(),
                place.GetProperty("h").GetInt32()
            ),
            [
                .. panel
                    .GetProperty("targets")
                    .EnumerateArray()
                    .Select(target => new DashboardQuery(Text(target, "expr"), Text(target, "legendFormat"))),
            ]
        );
    }

    private static string Text(JsonElement element, string property) =>
        element.GetProperty(property).GetString() ?? throw new InvalidOperationException($"{property} is null");
}

/// <summary>A panel.</summary>
/// <param name="Id">Its number on the dashboard.</param>
/// <param name="Title">Its title.</param>
/// <param name="Unit">Grafana's name of its unit.</param>
/// <param name="Source">The data source that it asks.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Queries">What it shows.</param>
public sealed record DashboardPanel(
    int Id,
    string Title,
    string Unit,
    string Source,
    PanelPlace Place,
    IReadOnlyList<DashboardQuery> Queries
);

/// <summary>Where a panel stands, in cells of a grid that is 24 wide.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
public sealed record PanelPlace(int X, int Y, int Width, int Height)
{
    /// <summary>How many cells a line of the grid has.</summary>
    public const int Columns = 24;

    /// <summary>Whether both cover a cell.</summary>
    public bool Overlaps(PanelPlace other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}

/// <summary>A query of a panel.</summary>
/// <param name="Expression">An expression of Prometheus.</param>
/// <param name="Legend">What each of its series is called.</param>
public sealed record DashboardQuery(string Expression, string Legend);
