using System.Diagnostics.CodeAnalysis;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>What becomes of a test that lacks a part of its machine, or could not decide.</summary>
public static class Lack
{
    /// <summary>Ends the test: it is skipped with the reason. Where a variable names the part that is missing it has failed, as that is not
    /// what was named; and where the run is strict.</summary>
    /// <param name="reason">What is missing, or why it is UNKNOWN.</param>
    /// <param name="namedBy">The variable that names it, if that is set; null otherwise.</param>
    /// <param name="isAllowed">Whether a strict run does without: what it would decide is asked for only where it can be had.</param>
    [DoesNotReturn]
    public static void Of(string reason, string? namedBy = null, bool isAllowed = false)
    {
        if (namedBy is not null)
            Assert.Fail($"{namedBy} is set, and yet UNKNOWN: {reason}");
        if (VerifyVariables.IsStrict && !isAllowed)
            Assert.Fail($"UNKNOWN: {reason}");
        Assert.Skip($"UNKNOWN: {reason}");
    }
}
