using System.Text;
using NBomber.Contracts.Stats;

namespace NBomber.Reports;

/// <summary>The report as text: what a terminal shows.</summary>
internal static class TextReport
{
    /// <summary>Of what was measured.</summary>
    public static string Of(NodeStats stats)
    {
        var text = new StringBuilder();
        foreach (var scenario in stats.ScenarioStats)
        {
            text.Append(
                $"{scenario.ScenarioName}: {scenario.AllOkCount} ok, {scenario.AllFailCount} failed in {scenario.Duration.TotalSeconds:0.#} s\n"
            );
            foreach (var step in scenario.StepStats)
            {
                AppendLine(text, step.StepName, "ok", step.Ok);
                if (step.Fail.Request.Count > 0)
                    AppendLine(text, step.StepName, "fail", step.Fail);
            }

            foreach (var status in scenario.Fail.StatusCodes)
                text.Append($"  {status.Count} × {status.StatusCode} {status.Message}\n");
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string step, string which, MeasurementStats seen) =>
        text.Append(
            $"  {step, -20} {which, -4} {seen.Request.Count, 7} {seen.Request.RPS, 8:0.0}/s  ms: min {seen.Latency.MinMs:0.0}, mean {seen.Latency.MeanMs:0.0}, p50 {seen.Latency.Percent50:0.0}, p75 {seen.Latency.Percent75:0.0}, p95 {seen.Latency.Percent95:0.0}, p99 {seen.Latency.Percent99:0.0}, max {seen.Latency.MaxMs:0.0}\n"
        );
}
