namespace Verification.Gate.Suites;

/// <summary>One test executable to run.</summary>
/// <param name="Stage">Name of the stage, which names its files.</param>
/// <param name="Executable">Path of the executable.</param>
/// <param name="Filter">Options that choose the tests, <see cref="StopOnFail"/> among them where the first that fails ends it.</param>
/// <param name="Budget">Wall time it may take.</param>
/// <param name="Environment">Variables on top of the gate's own; of those of the suite (<c>VERIFY_…</c>) it gets these and those that a
/// gate obeys.</param>
/// <param name="Results">Folder for its log and its result files.</param>
internal sealed record SuitePlan(
    string Stage,
    string Executable,
    IReadOnlyList<string> Filter,
    TimeSpan Budget,
    IReadOnlyDictionary<string, string> Environment,
    string Results
)
{
    /// <summary>The option by which the first test that fails ends the suite.</summary>
    public const string StopOnFail = "-stopOnFail";
}
