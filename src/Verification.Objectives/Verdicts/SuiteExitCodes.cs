namespace Verification.Objectives;

/// <summary>What the exit code of a test executable says.</summary>
public static class SuiteExitCodes
{
    /// <summary>All tests are green.</summary>
    public const int Green = 0;

    /// <summary>Some are red, as the runner of xunit says it.</summary>
    public const int Red = 1;

    /// <summary>Some are red, as the Microsoft Testing Platform says it.</summary>
    public const int RedByPlatform = 2;

    /// <summary>The filter matched none.</summary>
    public const int NothingToRun = 8;

    /// <summary>Whether every test that was to run has run; any other code is that of a process that died.</summary>
    public static bool IsWhole(int code) => code is Green or Red or RedByPlatform or NothingToRun;
}
