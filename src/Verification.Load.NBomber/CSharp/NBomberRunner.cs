using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.Running;

namespace NBomber.CSharp;

/// <summary>Runs scenarios.</summary>
public static class NBomberRunner
{
    /// <summary>Scenarios that run together.</summary>
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) => new(scenarios);

    /// <summary>Runs only those with these names.</summary>
    public static NBomberContext WithTargetScenarios(this NBomberContext context, params string[] scenarioNames) =>
        Of(context) with
        {
            Targets = scenarioNames,
        };

    /// <summary>Names the suite.</summary>
    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) => Of(context) with { TestSuite = testSuite };

    /// <summary>Names the test.</summary>
    public static NBomberContext WithTestName(this NBomberContext context, string testName) => Of(context) with { TestName = testName };

    /// <summary>Where reports are written (./reports by default).</summary>
    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolderPath) =>
        Of(context) with
        {
            ReportFolder = reportFolderPath,
        };

    /// <summary>What reports are called, without their ending.</summary>
    public static NBomberContext WithReportFileName(this NBomberContext context, string reportFileName) =>
        Of(context) with
        {
            ReportFileName = reportFileName,
        };

    /// <summary>Which reports are written (Txt and Md by default).</summary>
    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats) =>
        Of(context) with
        {
            ReportFormats = reportFormats,
        };

    /// <summary>No report is written.</summary>
    public static NBomberContext WithoutReports(this NBomberContext context) => Of(context) with { ReportFormats = [] };

    /// <summary>Runs them on this thread.</summary>
    /// <exception cref="Verification.Load.LoadScenarioException">They can't run as they are; nothing was begun.</exception>
    public static NodeStats Run(this NBomberContext context) =>
        context.RunAsync(TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult().Stats;

    private static NBomberContext Of(NBomberContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context;
    }
}
