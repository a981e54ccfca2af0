namespace Verification.Recovery;

/// <summary>What a drill has shown, and what it has not, a sentence each.</summary>
/// <param name="Proven">What was held against something, and held.</param>
/// <param name="NotProven">What did not hold, and what was not looked at.</param>
public sealed record DrillFindings(IReadOnlyList<string> Proven, IReadOnlyList<string> NotProven)
{
    /// <summary>What no drill looks at.</summary>
    private static readonly string[] Never =
    [
        "Not looked at: the passwords of accounts, and a number inside a JSON document that turns from DECIMAL to DOUBLE: no digest has them.",
        "Not looked at: whether another program than this project's own, proof, reads the same.",
    ];

    /// <summary>Of a drill that has ended.</summary>
    /// <param name="claims">Sentences that are true where they hold, and whether each does.</param>
    /// <param name="notLookedAt">What this drill leaves aside, as a sentence goes on.</param>
    /// <returns>Both; those that did not hold stand first among what is not proven.</returns>
    public static DrillFindings Of(IReadOnlyList<(bool Holds, string Sentence)> claims, IReadOnlyList<string> notLookedAt) =>
        new(
            [.. claims.Where(claim => claim.Holds).Select(claim => claim.Sentence)],
            [
                .. claims.Where(claim => !claim.Holds).Select(claim => $"It was not so: {claim.Sentence}"),
                .. notLookedAt.Select(what => $"Not looked at: {what}"),
                .. Never,
            ]
        );
}
