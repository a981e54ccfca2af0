using Verification.Objectives;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>The dashboards of config/dashboards/, as files.</summary>
public sealed class DashboardFilesTests
{
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly IReadOnlyList<Dashboard> Dashboards = Dashboard.Read(Own.Config);

    [Fact]
    public void Each_dashboard_is_named_as_its_file_is() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(Own.Config, "dashboards"))
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal),
            Dashboards.Select(board => board.Uid).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_panel_has_a_number_a_place_and_a_unit_and_asks_the_source_that_is_chosen() =>
        Assert.All(
            Dashboards,
            board =>
            {
                Assert.Equal(board.Panels.Select(panel => panel.Id).Distinct(), board.Panels.Select(panel => panel.Id));
                Assert.All(
                    board.Panels,
                    panel =>
                    {
                        Assert.NotEmpty(panel.Unit);
                        Assert.Equal("${datasource}", panel.Source);
                        Assert.InRange(panel.Place.X + panel.Place.Width, 1, PanelPlace.Columns);
                        Assert.DoesNotContain(board.Panels, other => other.Id != panel.Id && other.Place.Overlaps(panel.Place));
                    }
                );
            }
        );

    [Fact]
    public void Each_query_says_what_its_series_are_called() =>
        Assert.All(
            Dashboards.SelectMany(board => board.Panels),
            panel =>
            {
                Assert.NotEmpty(panel.Queries);
                Assert.All(panel.Queries, query => Assert.NotEmpty(query.Legend));
            }
        );

    [Theory]
    [InlineData("{\"uid\": \"x\",", ":1:")]
    [InlineData("{\"uid\": \"x\"}", "it is no dashboard of Grafana")]
    public void A_file_that_is_no_dashboard_is_refused_with_its_place(string content, string told)
    {
        var config = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(config.CreateSubdirectory("dashboards").FullName, "x.json");
            File.WriteAllText(file, content);

            var message = Assert.Throws<DocumentException>(() => Dashboard.Read(config.FullName)).Message;

            Assert.StartsWith(file, message, StringComparison.Ordinal);
            Assert.Contains(told, message, StringComparison.Ordinal);
        }
        finally
        {
            config.Delete(recursive: true);
        }
    }
}
