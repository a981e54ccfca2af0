using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load.NBomber;

/// <summary>NBomber's API over the engine, as its users write it.</summary>
public sealed class NBomberRunnerTests
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_scenario_with_steps_has_statistics_of_the_whole_and_of_each_step()
    {
        var scenario = Scenario
            .Create(
                "order",
                async context =>
                {
                    var login = await Step.Run(
                        "login",
                        context,
                        () => Task.FromResult(Response.Ok(payload: context.InvocationNumber, statusCode: "200", sizeBytes: 10))
                    );
                    Assert.True(login.Payload.IsSome() && login.Payload.Value == context.InvocationNumber);
                    return await Step.Run("buy", context, () => Task.FromResult(Response.Ok(statusCode: "201")));
                }
            )
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForInject(rate: 100, interval: TimeSpan.FromSeconds(1), iterations: 20));

        var stats = NBomberRunner.RegisterScenarios(scenario).WithTestName("orders").WithoutReports().Run();

        var order = stats.ScenarioStats.Get("order");
        Assert.Equal((20, 0, "orders"), (order.AllOkCount, stats.AllFailCount, stats.TestInfo.TestName));
        Assert.Equal(["global information", "login", "buy"], order.StepStats.Select(step => step.StepName));
        Assert.Equal(
            (20, 200),
            (order.StepStats.Get("login").Ok.StatusCodes.Get("200").Count, (int)order.StepStats.Get("login").Ok.DataTransfer.AllBytes)
        );
        Assert.False(order.StepStats.Exists("pay"));
    }

    [Fact]
    public void A_failed_step_ends_its_iteration_unless_the_scenario_says_otherwise()
    {
        ScenarioProps Failing(string name) =>
            Scenario
                .Create(
                    name,
                    async context =>
                    {
                        await Step.Run("fails", context, () => Task.FromResult(Response.Fail(statusCode: "503", message: "away")));
                        return await Step.Run("goes on", context, () => Task.FromResult(Response.Ok()));
                    }
                )
                .WithoutWarmUp()
                .WithLoadSimulations(Simulation.IterationsForConstant(copies: 2, iterations: 6));

        var stats = NBomberRunner
            .RegisterScenarios(Failing("ends"), Failing("goes on").WithRestartIterationOnFail(false))
            .WithoutReports()
            .Run();

        Assert.Equal((0, 6), (stats.ScenarioStats.Get("ends").AllOkCount, stats.ScenarioStats.Get("ends").AllFailCount));
        Assert.Equal((6, 0), (stats.ScenarioStats.Get("goes on").AllOkCount, stats.ScenarioStats.Get("goes on").AllFailCount));
        Assert.Equal("away", stats.ScenarioStats.Get("ends").Fail.StatusCodes.Get("503").Message);
    }

    [Fact]
    public void What_an_iteration_throws_is_a_failure_with_the_status_that_NBomber_gives_for_it()
    {
        var scenario = Scenario
            .Create(
                "throws",
                Task<IResponse> (context) =>
                    context.InvocationNumber == 1 ? throw new InvalidDataException("broken") : throw new TaskCanceledException()
            )
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForConstant(copies: 1, iterations: 2));

        var codes = NBomberRunner.RegisterScenarios(scenario).WithoutReports().Run().ScenarioStats.Get("throws").Fail.StatusCodes;

        Assert.Equal(("broken", "operation timeout"), (codes.Get("-101").Message, codes.Get("-100").Message));
    }

    [Fact]
    public async Task Too_many_failures_stop_the_whole_test_and_the_engine_says_why()
    {
        var failing = Scenario
            .Create("failing", _ => Task.FromResult<IResponse>(Response.Fail(statusCode: "500")))
            .WithoutWarmUp()
            .WithMaxFailCount(3)
            .WithLoadSimulations(Simulation.Inject(rate: 100, interval: TimeSpan.FromSeconds(1), during: TimeSpan.FromSeconds(30)));

        var result = await NBomberRunner.RegisterScenarios(failing).WithoutReports().RunAsync(TimeProvider.System, Cancellation);

        Assert.Equal("'failing' has failed 3 times", result.Load.Stopped);
        Assert.InRange(result.Stats.AllFailCount, 3, 300);
        Assert.DoesNotContain("scheduled", result.Load.Saturation ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_prepared_warmed_up_measured_and_cleaned_up_in_this_order()
    {
        var seen = new List<ScenarioOperation>();
        var scenario = Scenario
            .Create(
                "ordered",
                context =>
                {
                    lock (seen)
                        seen.Add(context.ScenarioInfo.ScenarioOperation);
                    return Task.FromResult<IResponse>(Response.Ok());
                }
            )
            .WithInit(context => Note(context.ScenarioInfo.ScenarioOperation))
            .WithClean(context => Note(context.ScenarioInfo.ScenarioOperation))
            .WithWarmUpDuration(Tenth)
            .WithLoadSimulations(Simulation.Inject(rate: 2, interval: Tenth, during: Tenth));

        var stats = NBomberRunner.RegisterScenarios(scenario).WithoutReports().Run();

        Assert.Equal(
            [
                ScenarioOperation.Init,
                ScenarioOperation.WarmUp,
                ScenarioOperation.WarmUp,
                ScenarioOperation.Bombing,
                ScenarioOperation.Bombing,
                ScenarioOperation.Clean,
            ],
            seen
        );
        Assert.Equal(2, stats.AllOkCount);

        Task Note(ScenarioOperation operation)
        {
            seen.Add(operation);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Reports_are_written_where_they_were_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("load-reports-");
        try
        {
            var scenario = Scenario
                .Create("posts", _ => Task.FromResult<IResponse>(Response.Ok(statusCode: "200", sizeBytes: 2048)))
                .WithoutWarmUp()
                .WithLoadSimulations(Simulation.IterationsForConstant(copies: 1, iterations: 4));

            var stats = NBomberRunner
                .RegisterScenarios(scenario)
                .WithTestSuite("buffs")
                .WithReportFolder(folder.FullName)
                .WithReportFileName("load")
                .WithReportFormats(ReportFormat.Md)
                .Run();

            var report = Assert.Single(stats.ReportFiles);
            Assert.Equal(File.ReadAllText(Path.Combine(folder.FullName, "load.md")), report.ReportContent);
            Assert.Contains("test suite: `buffs`", report.ReportContent, StringComparison.Ordinal);
            Assert.Contains("iterations_for_constant, copies: 1, iterations: 4", report.ReportContent, StringComparison.Ordinal);
            Assert.Contains("|200|4||", report.ReportContent, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_nothing_begins()
    {
        var wrong = Scenario
            .Create("wrong", _ => throw new InvalidOperationException("It began."))
            .WithMaxFailCount(0)
            .WithLoadSimulations();

        var thrown = Assert.Throws<LoadScenarioException>(() =>
            NBomberRunner.RegisterScenarios(wrong).WithReportFormats(ReportFormat.Html).Run()
        );

        Assert.Equal(
            [
                "wrong: it has no load model",
                "wrong: it ends after 0 failures; at least 1 must be allowed",
                "no report is written as Html; there are Txt, Md",
            ],
            thrown.Problems
        );
        Assert.Equal(
            ["there is no scenario 'other' among 'wrong'", "none of its scenarios has anything to run"],
            Assert
                .Throws<LoadScenarioException>(() =>
                    NBomberRunner.RegisterScenarios(wrong).WithTargetScenarios("other").WithoutReports().Run()
                )
                .Problems
        );
    }
}
