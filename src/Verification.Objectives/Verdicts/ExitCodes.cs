namespace Verification.Objectives;

/// <summary>What the exit code of a program of the suite says.</summary>
public static class ExitCodes
{
    /// <summary>PASS.</summary>
    public const int Pass = 0;

    /// <summary>FAIL.</summary>
    public const int Fail = 1;

    /// <summary>Wrong use or unreadable configuration.</summary>
    public const int Usage = 2;

    /// <summary>UNKNOWN.</summary>
    public const int Unknown = 3;

    /// <summary>This machine can't run it.</summary>
    public const int Machine = 4;

    /// <summary>Ended by SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>Interrupted by SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The exit code after a signal.</summary>
    /// <param name="signal">Its name: SIGHUP, SIGINT or SIGTERM.</param>
    public static int OfSignal(string signal) =>
        signal switch
        {
            "SIGHUP" => HungUp,
            "SIGTERM" => Terminated,
            _ => Interrupted,
        };

    /// <summary>The exit code of a verdict.</summary>
    public static int Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => Pass,
            Verdict.Fail => Fail,
            _ => Unknown,
        };
}
