using Verification.Gate.Commands;

namespace Verification.Gate.Runs;

/// <summary>Asks before anything is written into a platform that others use.</summary>
internal static class Consent
{
    /// <summary>Says what would be written, and goes on only where that is agreed to.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="most">No more buffs than this are posted.</param>
    /// <param name="console">Where it is asked.</param>
    /// <param name="answers">Where the answer comes from; null where nobody can be asked.</param>
    /// <exception cref="UsageException">It is not agreed to.</exception>
    public static void Require(string platform, int most, TextWriter console, TextReader? answers)
    {
        var what = $"at most {most} buffs are posted to {platform}, and taken out of its listing afterwards";
        if (answers is null)
            throw new UsageException($"{what}: agree with --yes, or post nothing with --read-only.");
        console.Write($"{what}. Post them? [y/N] ");
        if (answers.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            throw new UsageException("nothing was posted, as nobody agreed to it. --read-only looks without posting.");
    }
}
