using Verification.Objectives;

namespace Verification.Tests.Unit.Objectives;

/// <summary>A run that went well, to change one thing of.</summary>
internal static class SampleRun
{
    /// <summary>Its stage, with a Dashboard and a Server.</summary>
    public static StageRecord Stage { get; } =
        StageRecord.Of(new Stage("integration", "classic", "single")) with
        {
            ExitCode = 0,
            Seconds = 40,
            Components =
            [
                new ComponentRecord("server", "s:1", "sha256:1111", "1", "here"),
                new ComponentRecord("dashboard", "d:1", "sha256:2222", "1", "here"),
            ],
        };

    /// <summary>The run.</summary>
    /// <param name="endedAt">When it ended; it took two minutes.</param>
    public static RunRecord EndedAt(DateTimeOffset endedAt) =>
        new()
        {
            Id = "20261124-083015-4f2a",
            Profile = "pr",
            Environment = "local",
            Command = "./verify gate",
            StartedAt = endedAt.AddMinutes(-2),
            EndedAt = endedAt,
            Only = [],
            Stages = [Stage],
            Tests = [],
            Commit = "abc",
            ConfigSha256 = "c0ffee",
            GatesSha256 = "9a7e5",
            Machine = new Dictionary<string, string>(StringComparer.Ordinal),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            Interrupted = null,
            PromisedExtras = [],
        };

    /// <summary>The run with other images in its one stage.</summary>
    public static RunRecord On(this RunRecord run, params IReadOnlyList<ComponentRecord> components) =>
        run with
        {
            Stages = [Stage with { Components = components }],
        };
}
