using Verification.Objectives;

namespace Verification.Gate;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    public const int Pass = 0;
    public const int Fail = 1;
    public const int Usage = 2;
    public const int Unknown = 3;
    public const int Machine = 4;

    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Pass,
        Verdict.Fail => Fail,
        _ => Unknown,
    };
}
