using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>Everything a report is made of: the verdict, what was run, what happened, and the folder with the logs. The history is read as
/// it is asked for.</summary>
internal sealed record StoredRun(RunFolder Folder, RunRecord Record, ReleaseVerdict Verdict, IEnumerable<HistoryLine> History);
