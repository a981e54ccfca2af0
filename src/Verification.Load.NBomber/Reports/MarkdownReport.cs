using System.Text;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Reports;

/// <summary>The report in Markdown, with the tables that readers of NBomber's know.</summary>
internal static class MarkdownReport
{
    /// <summary>Of what was measured.</summary>
    public static string Of(NodeStats stats, IReadOnlyDictionary<string, IReadOnlyList<LoadSimulation>> models)
    {
        var text = new StringBuilder()
            .Append("> test info\n\n")
            .Append(
                $"test suite: `{stats.TestInfo.TestSuite}`\n\ntest name: `{stats.TestInfo.TestName}`\n\nsession id: `{stats.TestInfo.SessionId}`\n\n"
            );
        foreach (var scenario in stats.ScenarioStats)
            Append(text, scenario, models[scenario.ScenarioName]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ScenarioStats scenario, IReadOnlyList<LoadSimulation> models)
    {
        text.Append($"> scenario stats\n\nscenario: `{scenario.ScenarioName}`\n\n")
            .Append(
                $"  - ok count: `{scenario.AllOkCount}`\n\n  - fail count: `{scenario.AllFailCount}`\n\n  - all data: `{Megabytes(scenario.AllBytes)}` MB\n\n  - duration: `{scenario.Duration:hh\\:mm\\:ss}`\n\n"
            )
            .Append("load simulations:\n\n");
        foreach (var model in models)
            text.Append($"  - `{model}`\n\n");
        AppendSteps(text, "ok stats", scenario, step => step.Ok);
        if (scenario.AllFailCount > 0)
            AppendSteps(text, "fail stats", scenario, step => step.Fail);
        text.Append($"> status codes for scenario: `{scenario.ScenarioName}`\n\n|status code|count|message|\n|---|---|---|\n");
        foreach (var status in scenario.Ok.StatusCodes.Concat(scenario.Fail.StatusCodes))
            text.Append($"|{(status.StatusCode.Length > 0 ? status.StatusCode : "-")}|{status.Count}|{Cell(status.Message)}|\n");
        text.Append('\n');
    }

    private static void AppendSteps(StringBuilder text, string title, ScenarioStats scenario, Func<StepStats, MeasurementStats> part)
    {
        text.Append($"|step|{title}|\n|---|---|\n");
        foreach (var step in scenario.StepStats)
        {
            var seen = part(step);
            text.Append($"|name|`{step.StepName}`|\n")
                .Append(
                    $"|request count|all = `{step.Ok.Request.Count + step.Fail.Request.Count}`, {title.Split(' ')[0]} = `{seen.Request.Count}`, RPS = `{seen.Request.RPS:0.##}`|\n"
                )
                .Append(
                    $"|latency (ms)|min = `{seen.Latency.MinMs:0.##}`, mean = `{seen.Latency.MeanMs:0.##}`, max = `{seen.Latency.MaxMs:0.##}`, StdDev = `{seen.Latency.StdDev:0.##}`|\n"
                )
                .Append(
                    $"|latency percentile (ms)|p50 = `{seen.Latency.Percent50:0.##}`, p75 = `{seen.Latency.Percent75:0.##}`, p95 = `{seen.Latency.Percent95:0.##}`, p99 = `{seen.Latency.Percent99:0.##}`|\n"
                );
            if (seen.DataTransfer.AllBytes > 0)
                text.Append(
                    $"|data transfer (KB)|min = `{Kilobytes(seen.DataTransfer.MinBytes)}`, mean = `{Kilobytes(seen.DataTransfer.MeanBytes)}`, max = `{Kilobytes(seen.DataTransfer.MaxBytes)}`, all = `{Megabytes(seen.DataTransfer.AllBytes)}` MB|\n"
                );
        }

        text.Append('\n');
    }

    private static string Cell(string text) => text.Replace('|', '/').ReplaceLineEndings(" ");

    private static string Kilobytes(long bytes) => $"{bytes / 1024.0:0.###}";

    private static string Megabytes(long bytes) => $"{bytes / (1024.0 * 1024):0.####}";
}
