using Verification.Gate.Progress;
using Verification.Stack.Sessions;

namespace Verification.Gate.Runs;

/// <summary>Names what decides beside the command line.</summary>
internal static class OutsideVariables
{
    /// <summary>Which variables of its environment a command obeys, and which it keeps from its suites.</summary>
    public static void Tell(ProgressLines progress, IReadOnlyList<KeyValuePair<string, string?>> environment)
    {
        foreach (var (name, value) in VerifyVariables.ObeyedOf(environment))
            progress.Say($"obeys {name}={value}");
        if (VerifyVariables.IgnoredOf(environment).Except([VerifyVariables.SigningKey]).ToList() is { Count: > 0 } ignored)
            progress.Doubt($"ignores {string.Join(", ", ignored)}: options say what is asked for");
    }
}
