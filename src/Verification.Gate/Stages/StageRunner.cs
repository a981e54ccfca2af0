using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;
using Verification.Stack.Sessions;

namespace Verification.Gate.Stages;

/// <summary>Runs stages one after the other, the same way for a gate, for mutants and for <c>verify test</c>.</summary>
/// <param name="root">The checkout whose tests are run.</param>
/// <param name="run">The run that they belong to.</param>
/// <param name="profile">What is run.</param>
/// <param name="progress">Where they are told.</param>
/// <param name="time">The clock.</param>
internal sealed class StageRunner(ProjectRoot root, RunFolder run, Profile profile, ProgressLines progress, TimeProvider time)
{
    private readonly SuiteRunner suites = new(progress, time);

    /// <summary>Runs one stage to its end. A fault of ours is its reason, and hides nothing that was measured before it.</summary>
    /// <param name="planned">The stage.</param>
    /// <param name="filter">Options that choose its tests.</param>
    /// <param name="request">What its process is asked for, but for the run, the stage and what it runs on.</param>
    /// <param name="previous">The services of the previous release, which the run has where they are there; empty where none was
    /// named.</param>
    /// <param name="interruption">The wish to end.</param>
    /// <param name="overall">Ends when the time of the whole run is over.</param>
    public async Task<StageOutcome> RunAsync(
        PlannedStage planned,
        IReadOnlyList<string> filter,
        SessionRequest request,
        IReadOnlyList<ComponentImage> previous,
        Interruption interruption,
        CancellationToken overall
    )
    {
        var stage = planned.Stage;
        var record = StageRecord.Of(stage) with
        {
            Objectives = planned.Objectives,
            Components = planned.Components,
            Capabilities = CapabilitiesOf(request, previous),
        };
        if (interruption.Signal is not null || overall.IsCancellationRequested)
            return Told(new StageOutcome(record with { Reason = interruption.Signal is null ? SuiteRunner.OutOfTime : "interrupted" }, []));
        if (SuiteExecutables.Find(root.Path, stage.Suite) is not { } executable)
            return Told(
                new StageOutcome(
                    record with
                    {
                        Reason = $"no executable in tests/*/bin: build the solution, or take {stage.Suite} out of the profile's suites",
                    },
                    []
                )
            );

        progress.Say($"stage {stage.Name}, {Figures.Duration(planned.Budget)} at most");
        var resolved = planned.Images.Count > 0 ? new ResolvedImages(planned.Images, previous) : null;
        var asked = request with
        {
            Resolved = resolved,
            Run = run.Path,
            Stage = stage.Name,
            Broker = planned.Broker,
            Topology = stage.Topology,
            Objectives = planned.Objectives ?? [],
        };
        try
        {
            var outcome = await suites
                .RunAsync(
                    new SuitePlan(stage.Name, executable, filter, planned.Budget, asked.ToEnvironment(), run.Tests),
                    process => RunProcesses.Note(run, process),
                    interruption,
                    overall
                )
                .ConfigureAwait(false);
            return Told(
                new StageOutcome(
                    OnWhatRan(
                        record with
                        {
                            ExitCode = outcome.ExitCode,
                            Seconds = outcome.Seconds,
                            Reason = outcome.Reason,
                            Errors = outcome.Errors,
                        },
                        request
                    ),
                    outcome.Tests
                )
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Told(new StageOutcome(record with { Reason = $"it could not be run ({e.GetType().Name}): {e.Message}" }, []));
        }
    }

    /// <summary>What is asked of the stage itself gives it, whatever stack it runs on.</summary>
    private IReadOnlyList<string> CapabilitiesOf(SessionRequest request, IReadOnlyList<ComponentImage> previous) =>
        [
            .. profile.Expects is not null ? [Expectation.Capability] : Array.Empty<string>(),
            .. previous.Count > 0 ? [PreviousRelease.Capability] : Array.Empty<string>(),
            .. request.ReadOnly ? [] : new[] { StackDescription.WriteCapability },
        ];

    /// <summary>The record with what the description of its stack says; as it was planned where no stack came up.</summary>
    private StageRecord OnWhatRan(StageRecord record, SessionRequest request)
    {
        var file = request.Stack ?? run.Of(record.Name).Stack;
        if (record.Broker is null || !File.Exists(file))
            return record;
        try
        {
            var stack = StackFile.Read(file);
            return record with { Components = stack.Components, Capabilities = [.. stack.Capabilities, .. record.Capabilities] };
        }
        catch (DocumentException e)
        {
            // What was measured is judged all the same, and can't pass.
            return record with { Reason = record.Reason ?? $"the description of its stack cannot be read: {e.Message}" };
        }
    }

    private StageOutcome Told(StageOutcome outcome)
    {
        if (outcome.Record.Reason is { } reason)
            progress.Doubt($"stage {outcome.Record.Name}: {reason}");
        foreach (var error in outcome.Record.Errors ?? [])
            progress.Bad($"outside any test: {error.Split('\n')[0]}");
        return outcome;
    }
}
